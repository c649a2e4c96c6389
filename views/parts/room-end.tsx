import { sentencesRead } from '../../src/agenda/score.ts'
import type { HandOver } from '../../src/record/hand-overs.ts'
import { decisionSentence } from '../../src/reports/decision-words.ts'
import { type Reading, spell } from '../figures.ts'
import type { BodyProps } from '../room.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { RoomChecklist } from './room-checklist.tsx'

/** Every decision of today in a sentence, and beside it whose yes is still missing: names turn green as phones answer. */
export function ReadBackScreen(props: BodyProps) {
  const { room, reading } = props
  const { sitting, stop, facts } = room
  const telling = { nameOf: (id: string) => nameOf(facts.people, id) ?? id, zone: reading.zone }
  const shown = sitting.decisions.slice((stop.page - 1) * sentencesRead, stop.page * sentencesRead)
  return (
    <div class="wall read-back">
      <ol class="sentences">
        {shown.length === 0 && <li>Nothing was decided yet.</li>}
        {shown.map((decision) => (
          <li class="clamp-2">{decisionSentence({ ...decision, title: short(decision.title) }, telling)}</li>
        ))}
      </ol>
      <section class="answers" aria-label="Hand-overs">
        <h2>
          Who has said yes{' '}
          {sitting.handOvers.length > 5 && (
            <small class="quiet">
              {sitting.handOvers.filter(({ acceptedAt }) => acceptedAt !== null).length} of {sitting.handOvers.length}
            </small>
          )}
        </h2>
        <ul>
          {sitting.handOvers.length === 0 && <li class="none">Nothing was handed over.</li>}
          {unansweredFirst(sitting.handOvers).map((one) => (
            <li class={one.acceptedAt ? 'yes' : one.returnedAt ? 'back' : 'waiting'}>
              <Mark tone={one.acceptedAt ? 'green' : one.returnedAt ? 'red' : 'amber'} />{' '}
              <b class="clamp">{nameOf(facts.people, one.acceptedBy ?? one.deputyId ?? one.toId)}</b>
              <small class="clamp">{answerWords(one, reading)}</small>
            </li>
          ))}
        </ul>
        <RoomChecklist {...props} />
      </section>
    </div>
  )
}

/** Five fit. Whoever is still waited for is among them, before those who said yes last. */
function unansweredFirst(handOvers: readonly HandOver[]): HandOver[] {
  const said = ({ acceptedAt }: HandOver) => Number(acceptedAt !== null)
  return handOvers
    .toReversed()
    .toSorted((a, b) => said(a) - said(b))
    .slice(0, 5)
}

/** What was decided stands at the end of its sentence: a long title must not push it off the wall. */
function short(title: string): string {
  return title.length <= 28 ? title : `${title.slice(0, 26).trimEnd()}…`
}

function answerWords({ acceptedAt, returnedAt, returnedWhy, issue, at }: HandOver, reading: Reading): string {
  if (acceptedAt) return `has it: ${issue}`
  if (returnedAt) return `returned: ${returnedWhy}`
  return `asked ${spell(reading.asOf.getTime() - at.getTime())} ago: ${issue}`
}
