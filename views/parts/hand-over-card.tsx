import type { HandOver } from '../../src/record/hand-overs.ts'
import { type Around, readingAt } from '../around.ts'
import { spell, when } from '../figures.ts'
import { deeds } from '../paths.ts'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Pairs } from './pairs.tsx'

/** What somebody is asked to take, with a yes and a no of thumb's size; once answered, the answer. */
export function HandOverCard({ around, handOver }: { around: Around; handOver: HandOver }) {
  const { id, issue, by, at, noticed, plan, toId, deputyId } = handOver
  const reading = readingAt(around)
  const isMine = around.me?.id === toId || (deputyId !== null && around.me?.id === deputyId)
  return (
    <article class="hand-over block">
      <h2>
        <bdi>{issue}</bdi>
      </h2>
      <Pairs
        pairs={[
          ['From', nameOf(around.people, by)],
          ['To', nameOf(around.people, toId)],
          ['Asked', `${when(at, reading)}, ${spell(around.now.getTime() - at.getTime())} ago`],
          ['Noticed', noticed],
          ['Plan', plan],
          ['In their place', deputyId && nameOf(around.people, deputyId)],
        ]}
      />
      <Answer around={around} handOver={handOver} />
      {isMine && handOver.acceptedAt === null && handOver.returnedAt === null && (
        <div class="forms">
          <Form around={around} action={deeds.handOver.acceptance(id)}>
            <button type="submit" class="yes">
              I take it
            </button>
          </Form>
          <Form around={around} action={deeds.handOver.return(id)}>
            <Field label="I cannot, because" name="why" required />
            <button type="submit">Return it</button>
          </Form>
        </div>
      )}
    </article>
  )
}

function Answer({ around, handOver }: { around: Around; handOver: HandOver }) {
  const { acceptedAt, acceptedBy, returnedAt, returnedBy, returnedWhy } = handOver
  const reading = readingAt(around)
  if (acceptedAt)
    return (
      <p>
        <Mark tone="green" /> {nameOf(around.people, acceptedBy)} has it since {when(acceptedAt, reading)}.
      </p>
    )
  if (returnedAt)
    return (
      <p>
        <Mark tone="red" /> {nameOf(around.people, returnedBy)} returned it {when(returnedAt, reading)}: {returnedWhy}
      </p>
    )
  return (
    <p>
      <Mark tone="amber" /> Nobody has it until somebody says yes.
    </p>
  )
}
