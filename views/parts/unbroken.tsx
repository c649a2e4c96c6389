/** A sentence whose figures stay with their units: '11 h 57 m' is never torn at a line's end. */
export function Unbroken({ words }: { words: string }) {
  return (
    <>
      {words
        .split(/(\d[\d,.]*(?: (?:d|h|m|min|%))(?: \d+ (?:h|m))?)/)
        .map((part, index) => (index % 2 === 1 ? <span class="whole">{part}</span> : part))}
    </>
  )
}
