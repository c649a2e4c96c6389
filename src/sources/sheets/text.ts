import { SheetError } from './fault.ts'

/** The text of UTF-8 bytes, without a byte order mark. Bytes of another encoding are refused, with their line. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const seen = { lines: 1 }
  for await (const chunk of bytes) {
    const text = attempt(() => decoder.decode(chunk, { stream: true }), chunk, seen.lines)
    if (text.includes('\0')) throw binary
    seen.lines += linesIn(text)
    yield text
  }
  yield attempt(() => decoder.decode(), new Uint8Array(), seen.lines)
}

const binary = new SheetError('the file is binary, not text: export it as CSV in UTF-8')

/** Recognises by its first bytes what is no text, and says how to make it one. */
export function refuseBinary(start: Uint8Array): void {
  const [first = 0, second = 0] = start
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new SheetError('the file is in UTF-16: save it as CSV in UTF-8')
  if (first === 0x50 && second === 0x4b)
    throw new SheetError('the file is a workbook or an archive: save its sheet as CSV in UTF-8')
  if (first === 0x1f && second === 0x8b) throw new SheetError('the file is compressed: unpack it first')
  if (start.includes(0)) throw binary
}

function attempt(decode: () => string, chunk: Uint8Array, lines: number): string {
  try {
    return decode()
  } catch {
    const before = new TextDecoder().decode(chunk).split('\uFFFD', 1)[0] ?? ''
    throw new SheetError(`line ${lines + linesIn(before)} is not UTF-8: save the file as CSV in UTF-8`)
  }
}

export function linesIn(text: string): number {
  const found = { count: 0 }
  for (let place = text.indexOf('\n'); place >= 0; place = text.indexOf('\n', place + 1)) found.count += 1
  return found.count
}
