import type { ProblemSuggestion } from '../../src/agenda/suggestions.ts'
import { counted, figure, sentence } from '../figures.ts'
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

/** What is to be decided, its keys beside it, and what stands below. */
function Box({
  title,
  settled,
  keys,
  children,
}: {
  title: string
  settled: boolean
  keys: unknown
  children: unknown
}) {
  return (
    <section class={settled ? 'box settled' : 'box'}>
      <header>
        <h3>{title}</h3>
        {keys as never}
      </header>
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
  const suggested = ownerId === null ? card.owners.slice(0, 1) : []
  const keys = leads && suggested.length > 0 && (
    <CardForm {...props}>
      {suggested.map(({ id, name }) => (
        <button type="submit" name="owner" value={id} data-key="o">
          <kbd>o</kbd> {name}
        </button>
      ))}
    </CardForm>
  )
  return (
    <Box title={card.alike > 1 ? `Owner of all ${figure(card.alike)}` : 'Owner'} settled={ownerId !== null} keys={keys}>
      <div class="whose">
        <p class="clamp">{owner ? <bdi>{owner}</bdi> : <em>nobody’s</em>}</p>
        {leads && (
          <CardForm {...props}>
            <input
              name="owner"
              list="people"
              placeholder={ownerId === null ? '⇧ and initials' : 'another: ⇧'}
              aria-label="Owner"
              autocomplete="off"
              data-initials
            />
            <button type="submit" class="unseen">
              Assign
            </button>
          </CardForm>
        )}
      </div>
    </Box>
  )
}

function ProblemBox(props: BoxProps) {
  const { card, room, leads } = props
  const linked = card.incident.problemIds.map((id) => room.facts.problems.find((one) => one.id === id)?.title ?? id)
  if (linked.length === 0 && card.problem === null) return null

  const keys = leads && card.problem && linked.length === 0 && (
    <CardForm {...props}>
      <button type="submit" {...linkTo(card.problem)} data-key="p">
        <kbd>p</kbd> {card.problem.kind === 'new' ? 'Open a problem' : 'Link it'}
      </button>
    </CardForm>
  )
  return (
    <Box title="Problem" settled={linked.length > 0} keys={keys}>
      <p class="clamp-2">{linked.length > 0 ? linked.join(', ') : evidence(card.problem)}</p>
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
      return `${counted(suggestion.in7Days, 'time')} in 7 days, ${figure(suggestion.in30Days)} in 30, and no problem yet`
    case undefined:
      return ''
  }
}

function PostmortemBox(props: BoxProps) {
  const { card, leads } = props
  const { postmortem } = card.incident
  const keys = leads && (
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
  )
  return (
    <Box title="Postmortem" settled={postmortem !== null} keys={keys}>
      <p class="clamp-2">
        {postmortem && <b>{sentence(decisionWord(postmortem))}. </b>}
        <span class="quiet">{sentence(adviceWords(card.advice))}</span>
      </p>
    </Box>
  )
}
