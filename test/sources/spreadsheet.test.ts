import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRecords } from '../../src/sources/sheets/csv.ts'
import { csvLine, neutralised, undone } from '../../src/sources/sheets/formulas.ts'
import { readSheet, surveySheet } from '../../src/sources/spreadsheet.ts'
import { aFolder } from '../support/open-record.ts'

async function sheet(text: string | Uint8Array) {
  const path = join(await aFolder(), 'sheet')
  await writeFile(path, text)
  return all(readSheet(path))
}

async function refusal(text: string | Uint8Array): Promise<string> {
  return sheet(text).then(
    () => 'believed',
    (error) => error.message,
  )
}

describe('CSV', () => {
  test('with a byte order mark, CRLF, quoted commas, quotes and newlines, and lines kept', async () => {
    expect(await sheet('\uFEFFid,title\r\n1,"a, ""b""\r\nc"\r\n\r\n2,d\r\n')).toEqual([
      { line: 2, cells: { id: '1', title: 'a, "b"\r\nc' } },
      { line: 5, cells: { id: '2', title: 'd' } },
    ])
  })

  test.each([
    ['semicolons', 'id;title\n1;a,b\n'],
    ['tabs', 'id\ttitle\n1\ta,b\n'],
    ['a line that says so', 'sep=|\nid|title\n1|a,b\n'],
    ['blanks before a quote', 'id, "title"\n1, "a,b"\n'],
    ['no newline at the end', 'id,title\n1,"a,b"'],
    ['bare carriage returns', 'id,title\r1,"a,b"\r'],
    ['a comma too many', 'id,title,\n1,"a,b",,\n,,,\n'],
  ])('with %s', async (_, text) => {
    expect((await sheet(text)).map(({ cells }) => ({ id: cells.id, title: cells.title?.trim() }))).toEqual([
      { id: '1', title: 'a,b' },
    ])
  })

  test('a row with too few or too many cells is refused, and the next one is not', async () => {
    expect((await sheet('id,title\n1\n2,b,c\n3,d\n')).map(({ line, fault }) => [line, fault])).toEqual([
      [2, 'has 1 cells where the header names 2 columns; is a quote or a separator missing?'],
      [3, 'has 3 cells where the header names 2 columns; is a quote or a separator missing?'],
      [4, undefined],
    ])
  })

  test('text after a closing quote is refused; a quote within a plain cell is text', async () => {
    expect((await sheet('id,title\n1,"a"b\n2,5" disk\n')).map(({ cells, fault }) => fault ?? cells.title)).toEqual([
      'holds a quoted cell followed by "b"; double a quote that is text',
      '5" disk',
    ])
  })

  test.each([
    ['nothing', '', 'the file is empty: it must begin with a line that names the columns'],
    ['only blanks', ' \n\n', 'the file is empty: it must begin with a line that names the columns'],
    ['the same column twice', 'id,title,id\n', 'the header names the column "id" twice: which of them counts?'],
    [
      'a quote that never closes',
      'id,title\n1,a\n2,"b\n3,c\n',
      'the quote that opens on line 3 never closes: close it, or double a quote that is text',
    ],
    [
      'Latin-1',
      Buffer.from('id,title\n1,a\n2,caf\xe9\n', 'latin1'),
      'line 3 is not UTF-8: save the file as CSV in UTF-8',
    ],
    ['half a character', Buffer.from('id\ncaf\xc3', 'latin1'), 'line 2 is not UTF-8: save the file as CSV in UTF-8'],
    ['UTF-16', Buffer.from('\uFEFFid,title\n', 'utf16le'), 'the file is in UTF-16: save it as CSV in UTF-8'],
    [
      'a workbook',
      Buffer.from('PK\x03\x04...'),
      'the file is a workbook or an archive: save its sheet as CSV in UTF-8',
    ],
    ['gzip', gzipSync('id,title\n'), 'the file is compressed: unpack it first'],
    ['zeros', Buffer.from([1, 2, 0, 3]), 'the file is binary, not text: export it as CSV in UTF-8'],
  ])('%s is refused in a sentence', async (_, text, sentence) => {
    expect(await refusal(text)).toBe(sentence)
  })

  test('a row as long as a runaway quote is refused before it fills the memory', async () => {
    expect(await refusal(`id\n"${'x'.repeat(3 << 20)}`)).toContain('line 2 begins a row of over 1048576 characters')
  })

  test('however the text is cut into pieces, the rows are the same', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', ';'), maxLength: 6 })
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
        const text = rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
        const read = await all(readRecords(pieces(text, size), ','))

        expect(read.map(({ fields }) => fields)).toEqual(rows)
        expect(read.map(({ line }) => line)).toEqual(linesOf(rows))
      }),
      { numRuns: 300 },
    )
  })
})

describe('JSON', () => {
  test('one object a line; what is not is refused with its line', async () => {
    expect(
      await sheet('{"id":1,"b":null}\n\n{"id":\n[1]\n{"id":"x","f":{"p":{"name":"High"}},"needs":["a","b"]}\n'),
    ).toEqual([
      { line: 1, cells: { id: '1', b: '' } },
      { line: 3, cells: { json: '{"id":' }, fault: expect.stringContaining('is not JSON') },
      { line: 4, cells: { json: '[1]' }, fault: 'is JSON but no object of columns' },
      { line: 5, cells: { id: 'x', 'f.p.name': 'High', needs: 'a b' } },
    ])
  })

  test('an array, on one line or spread over many', async () => {
    expect(await sheet('[\n  {\n    "id": 1,\n    "t": "}{\\""\n  },\n  {"id": 2}\n]\n')).toEqual([
      { line: 2, cells: { id: '1', t: '}{"' } },
      { line: 6, cells: { id: '2' } },
    ])
    expect(await refusal('[{"id":1},')).toBe('the JSON array is not closed: the file may be cut off')
  })
})

test('a survey names the columns of a file without rows', async () => {
  const path = join(await aFolder(), 'sheet')
  await writeFile(path, 'id,title\n')

  expect(await surveySheet(path)).toEqual({ columns: ['id', 'title'], count: 0 })
})

describe('formulas', () => {
  const danger = /^[\s\u200B-\u200F\u2060]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/
  const cell = fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', ' ', '\u00a0', 'a', '1', '\uFF1D', '\u200B'),
  })

  test('no line of a cell begins one, and an import gives back what was there', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const safe = neutralised(text)

        expect(safe.split(/[\r\n]/).filter((line) => danger.test(line))).toEqual([])
        expect(undone(safe)).toBe(text)
      }),
      { numRuns: 10_000 },
    )
  })

  test('a written line is read as the cells that were written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 4 }), async (cells) => {
        const [record] = await all(readRecords(pieces(`${csvLine(cells)}\r\n`, 3), ','))

        expect(record?.fields.map(undone)).toEqual(cells)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ["'=1+1", "''=1+1"],
    ['-', "'-"],
    ["it's fine", "it's fine"],
    ["'quoted'", "'quoted'"],
    ['a\n=b', "a\n'=b"],
  ])('%j is written %j', (text, safe) => {
    expect(neutralised(text)).toBe(safe)
  })
})

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const one of stream) found.push(one)
  return found
}

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}

function linesOf(rows: readonly string[][]): number[] {
  const lines: number[] = []
  for (let [place, line] = [0, 1]; place < rows.length; place++) {
    lines.push(line)
    line += 1 + (rows[place]?.join('').match(/\n/g)?.length ?? 0)
  }
  return lines
}
