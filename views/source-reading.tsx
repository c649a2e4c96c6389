import type { Grouping, InputClass } from '../src/record/schema.ts'
import type { Around } from './around.ts'
import { groupings, inputClasses } from './choices.ts'
import { counted, spell } from './figures.ts'
import { Form } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Block } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'

/** How a source is read: by which adapter, under which names, and whether its alerts become one incident by themselves. */
export interface SourceReading {
  adapter: string
  adapters: { name: string; title: string }[]
  class: InputClass
  unmatched: number // names it said that are none of ours
  grouping: Grouping
  aheadMs: number | null // its clock was ahead of ours by that much, when it last was
}

export function HowItIsRead({ around, name, how }: { around: Around; name: string; how: SourceReading }) {
  return (
    <Block title="How it is read">
      <Form around={around} action={deeds.source.adapter(name)}>
        <label>
          It is
          <select name="adapter">
            {how.adapters.every((one) => one.name !== how.adapter) && (
              <option value="" selected>
                not named yet
              </option>
            )}
            {how.adapters.map((one) => (
              <option value={one.name} selected={one.name === how.adapter}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        <label>
          It counts as
          <select name="class">
            {inputClasses.map((input) => (
              <option value={input} selected={input === how.class}>
                {input.replace('-', ' ')}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Read it so</button>
      </Form>
      {how.aheadMs !== null && (
        <p class="text-amber">
          <Mark tone="amber" /> Its clock was ahead of ours by {spell(how.aheadMs)}: what it told of those incidents is
          set back by that.
        </p>
      )}
      <ul>
        <li>
          <a href={paths.mapping(name)}>Its mapping</a>: where our columns are in what it delivers.
        </li>
        <li>
          <a href={paths.matching(name)}>Its names</a>:{' '}
          {how.unmatched === 0
            ? 'what it calls services, sites, severities and people.'
            : `${counted(how.unmatched, 'name')} not known here.`}
        </li>
        <li>
          <a href={paths.pull(name)}>Its rounds</a>: what it is asked every few minutes, if it does not push.
        </li>
      </ul>
      <Form around={around} action={deeds.source.grouping(name)}>
        <label>
          Its alerts become one incident
          <select name="grouping">
            {groupings.map((grouping) => (
              <option value={grouping} selected={grouping === how.grouping}>
                {groupingWords[grouping]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">Group so</button>
      </Form>
    </Block>
  )
}

const groupingWords: Record<Grouping, string> = {
  off: 'never by themselves',
  'group-key': 'of the same group key, while one of them lasts',
  'service-and-time': 'of the same service, while one of them lasts',
}
