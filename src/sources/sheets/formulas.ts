// A cell that begins with one of these is run as a formula by a spreadsheet: by line, gaps and invisible signs aside.
const formula = /^'*(?:[^\S\r\n]|[\u200B-\u200F\u2060])*[=+\-@\t\uFF1D\uFF0B\uFF0D\uFF20]/

/**
 * A cell no spreadsheet runs: every line of it that would begin a formula gets an apostrophe before it, and so does a line
 * that already had one, so that `undone` gives back exactly what was there.
 */
export function neutralised(cell: string): string {
  return byLine(cell, (line) => (formula.test(line) ? `'${line}` : line))
}

export function undone(cell: string): string {
  return byLine(cell, (line) => (line.startsWith("'") && formula.test(line) ? line.slice(1) : line))
}

/** One line of RFC 4180, without its end. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => quotedWhereNeeded(neutralised(cell))).join(',')
}

function quotedWhereNeeded(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function byLine(cell: string, change: (line: string) => string): string {
  return /[\r\n]/.test(cell)
    ? cell
        .split(/(\r\n|\r|\n)/)
        .map((part, place) => (place % 2 === 0 ? change(part) : part))
        .join('')
    : change(cell)
}
