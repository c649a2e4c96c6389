/** What others wrote may hold anything: a control character, or one that turns the line around, goes no further. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
}

/** Broken between words; a word longer than a line is cut, for a title may be anything. */
export function wrapped(words: string, width: number): string[] {
  const pieces = words.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + piece.length <= width) lines[lines.length - 1] = `${last} ${piece}`
    else lines.push(piece)
  }
  return lines
}

/** For a letter: a mail program makes links of what looks like one, and only our own addresses may be links. */
export function defused(text: string): string {
  return printable(text)
    .replace(/:\/\//g, '[:]//')
    .replace(/\b(mailto|javascript|data|vbscript|file|tel):/gi, '$1[:]')
    .replace(/\bwww\./gi, 'www[.]')
}

/** Clauses as sentences; one that asks keeps its question mark. */
export function sentences(clauses: readonly string[]): string {
  return clauses
    .map((clause) => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${/[.?!…]$/.test(clause) ? '' : '.'}`)
    .join(' ')
}
