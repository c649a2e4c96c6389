const mostWords = 4

/**
 * The known name said first in a text, the longest where several begin together, as whole words and whatever their case:
 * 'check-out', 'Check Out' and 'check_out' are one name. null when none is said.
 */
export function wordsIn(text: string, names: readonly string[]): string | null {
  const known = new Map(names.map((name) => [plain(name).join(' '), name]))
  const words = plain(text)
  for (const start of words.keys()) {
    for (let length = mostWords; length > 0; length--) {
      const name = known.get(words.slice(start, start + length).join(' '))
      if (name !== undefined && start + length <= words.length) return name
    }
  }
  return null
}

function plain(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
