/** The keys there are; the browser's own popover opens it without a script too. */
export function Keys({ keys }: { keys: readonly (readonly [string, string])[] }) {
  return (
    <div class="keys" id="keys" popover="auto">
      <h2>Keys</h2>
      <dl>
        {keys.map(([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
    </div>
  )
}

export const deskKeys = [
  ['j', 'next item'],
  ['k', 'item before'],
  ['1 … 9, 0', 'section'],
  ['Enter', 'open the item'],
  ['?', 'these keys'],
] as const

export const wallKeys = [
  ['→ or space', 'next screen'],
  ['←', 'screen before'],
  ['1 … 9, 0', 'section'],
  ['Home', 'front'],
  ['↓ ↑', 'choose an item'],
  ['z', 'zoom it, and back'],
  ['?', 'these keys'],
] as const

export const roomKeys = [
  ['→ or space', 'next'],
  ['←', 'before'],
  ['1 … 9, 0', 'screen'],
  ['↓ ↑, z', 'choose a row, take it up'],
  ['o', 'the owner suggested'],
  ['⇧ initials', 'another owner'],
  ['p', 'link the problem suggested'],
  ['y n l', 'postmortem: yes, no, later'],
  ['h c d', 'hand over, correct, done'],
  ['m', 'who runs it, what is promised'],
  ['x +', 'park, borrow a minute'],
  ['?', 'these keys'],
] as const
