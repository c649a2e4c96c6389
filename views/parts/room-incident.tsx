import type { ProblemSuggestion } from '../../src/agenda/suggestions.ts'
import { counted, sentence } from '../figures.ts'
import { adviceWords, decisionWord } from '../names.ts'
import { deeds } from '../paths.ts'
import type { Card } from '../room.tsx'
import { nameOf } from './owner.tsx'
import type { CardProps } from './room-card.tsx'

/** Three things, one key each: whose it is, what causes it, and whether to learn from it. */
export function IncidentDecisions(props: CardProps & { card: Card }) {
  return (
    <>
      <OwnerBox {...props} />
      <ProblemBox {...props} />
      <PostmortemBox {...props} />
    </>
  )
}

type BoxProps = CardProps & { card: Card }

function Box({ title, settled, children }: { title: string; settled: boolean; children: unknown }) {
  return (
    <section class={settled ? 'box settled' : 'box'}>
      <h3>{title}</h3>
      {children as never}
    </section>
  )
}

function CardForm({ around, card, room, children }: BoxProps & { children: unknown }) {
  const { incident } = card
  const action = deeds.meeting.card(room.agenda.meetingDay, incident.id)
  return (
    <form method="post" action={action} hx-post={action} hx-nonce={around.nonce} class="choices">
      <input type="hidden" name="back" value={around.here} />
      <input type="hidden" name="from" value={room.stop.name} />
      <input type="hidden" name="seen.owner" value={incident.ownerId ?? ''} />
      <input type="hidden" name="seen.decision" value={incident.postmortem ?? ''} />
      {children as never}
    </form>
  )
}

function OwnerBox(props: BoxProps) {
  const { card, room, leads } = props
  const { ownerId } = card.incident
  const owner = nameOf(room.facts.people, ownerId)
  return (
    <Box title="Owner" settled={ownerId !== null}>
      <p class="clamp">{owner ? <bdi>{owner}</bdi> : <em>nobody’s</em>}</p>
      {leads && (
        <CardForm {...props}>
          {ownerId === null &&
            card.owners.slice(0, 1).map(({ id, name }) => (
              <button type="submit" name="owner" value={id} data-key="o">
                <kbd>o</kbd> {name}
              </button>
            ))}
        </CardForm>
      )}
      {leads && (
        <CardForm {...props}>
          <input
            name="owner"
            list="people"
            placeholder={ownerId === null ? 'or ⇧ and initials' : 'another: ⇧ and initials'}
            aria-label="Owner"
            autocomplete="off"
            data-initials
          />
          <button type="submit">Assign</button>
        </CardForm>
      )}
    </Box>
  )
}

function ProblemBox(props: BoxProps) {
  const { card, room, leads } = props
  const linked = card.incident.problemIds.map((id) => room.facts.problems.find((one) => one.id === id)?.title ?? id)
  if (linked.length === 0 && card.problem === null) return null

  return (
    <Box title="Problem behind it" settled={linked.length > 0}>
      <p class="clamp-2">{linked.length > 0 ? linked.join(', ') : evidence(card.problem)}</p>
      {leads && card.problem && linked.length === 0 && (
        <CardForm {...props}>
          <button type="submit" {...linkTo(card.problem)} data-key="p">
            <kbd>p</kbd> {card.problem.kind === 'new' ? 'Open a problem' : 'Link it'}
          </button>
        </CardForm>
      )}
    </Box>
  )
}

function linkTo(suggestion: ProblemSuggestion) {
  return suggestion.kind === 'new'
    ? { name: 'title', value: suggestion.title }
    : { name: 'problem', value: suggestion.problem.id }
}

/** Why it is suggested: so that the room can say no. */
function evidence(suggestion: ProblemSuggestion | null): string {
  switch (suggestion?.kind) {
    case 'known':
      return `“${suggestion.problem.title}”: behind ${counted(suggestion.alikeLinked, 'incident')} like it`
    case 'of its service':
      return `“${suggestion.problem.title}”: the one problem open on its service`
    case 'new':
      return `Struck ${suggestion.in7Days} times in 7 days, ${suggestion.in30Days} in 30, and belongs to no problem yet`
    case undefined:
      return ''
  }
}

function PostmortemBox(props: BoxProps) {
  const { card, leads } = props
  const { postmortem } = card.incident
  return (
    <Box title="Postmortem" settled={postmortem !== null}>
      <p class="clamp-2">
        {postmortem && <b>{sentence(decisionWord(postmortem))}. </b>}
        <span class="quiet">{sentence(adviceWords(card.advice))}</span>
      </p>
      {leads && (
        <CardForm {...props}>
          {(['yes', 'no', 'later'] as const).map((decision) => (
            <button
              type="submit"
              name="decision"
              value={decision}
              data-key={decision.charAt(0)}
              aria-pressed={decision === postmortem ? 'true' : 'false'}
              class={decision === card.advice.answer ? 'advised' : undefined}
            >
              <kbd>{decision.charAt(0)}</kbd> {sentence(decision)}
            </button>
          ))}
        </CardForm>
      )}
    </Box>
  )
}
