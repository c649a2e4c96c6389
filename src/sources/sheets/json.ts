import { SheetError } from './fault.ts'
import { linesIn } from './text.ts'

/** The text of one JSON value, with the line it begins on. */
export interface Element {
  line: number
  text: string
}

/** One value a line; blank lines say nothing. */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<Element> {
  const unread = { text: '', line: 1 }
  for await (const chunk of text) {
    const lines = (unread.text + chunk).split('\n')
    unread.text = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() !== '') yield { line: unread.line, text: line }
      unread.line += 1
    }
  }
  if (unread.text.trim() !== '') yield { line: unread.line, text: unread.text }
}

/** The objects of an array, or of a file that holds one after the other, however they are spread over lines. */
export async function* elementsOf(text: AsyncIterable<string>): AsyncGenerator<Element> {
  const whole = (await collected(text)).trimEnd()
  const isArray = whole.trimStart().startsWith('[')
  if (isArray && !whole.endsWith(']')) throw new SheetError('the JSON array is not closed: the file may be cut off')
  const seen = { line: 1, at: 0 }
  for (const [start, end] of objectsIn(whole)) {
    seen.line += linesIn(whole.slice(seen.at, start))
    seen.at = start
    yield { line: seen.line, text: whole.slice(start, end) }
  }
}

async function collected(text: AsyncIterable<string>): Promise<string> {
  const parts: string[] = []
  for await (const part of text) parts.push(part)
  return parts.join('')
}

const marks = /"(?:[^"\\]|\\.)*"|[{}]/gs

function* objectsIn(whole: string): Generator<[number, number]> {
  const open = { depth: 0, start: 0 }
  for (const { 0: mark, index } of whole.matchAll(marks)) {
    if (mark === '{' && open.depth++ === 0) open.start = index
    if (mark === '}' && --open.depth === 0) yield [open.start, index + 1]
  }
  if (open.depth !== 0) throw new SheetError('the last JSON object is not closed: the file may be cut off')
}
