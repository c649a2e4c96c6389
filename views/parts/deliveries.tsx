import type { Around } from '../around.ts'
import { counted, figure, type Reading } from '../figures.ts'
import { deeds, paths } from '../paths.ts'
import type { DeliveryLine } from '../sources.tsx'
import { Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { Moment } from './moment.tsx'

interface DeliveriesProps {
  deliveries: DeliveryLine[]
  around: Around
  reading: Reading
}

/** Raw messages with what became of them; one that was not understood can be read again after a fix. */
export function Deliveries({ deliveries, around, reading }: DeliveriesProps) {
  return (
    <ul>
      {deliveries.map((delivery) => (
        <li class="item">
          <Mark tone={delivery.fault ? 'amber' : delivery.ingestedAt ? 'green' : 'plain'} />
          <div>
            <h3>{delivery.fault ?? delivery.remark?.says ?? fateWords(delivery)}</h3>
            <p class="meta">
              <a href={paths.source(delivery.source)}>{delivery.source}</a>
              <Moment at={delivery.receivedAt} reading={reading} />
              <span>{figure(delivery.bytes)} bytes</span>
              <span>{delivery.contentType}</span>
            </p>
            {delivery.remark && <Remark delivery={delivery} around={around} remark={delivery.remark} />}
            <details>
              <summary>The message itself</summary>
              <pre>{delivery.excerpt}</pre>
            </details>
          </div>
          {delivery.fault && (
            <div class="act">
              <Form around={around} action={deeds.source.replay(delivery.source, delivery.id)}>
                <button type="submit">Read it again</button>
              </Form>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function fateWords({ ingestedAt, facts }: DeliveryLine): string {
  if (ingestedAt === null) return 'Waiting to be read'
  if (facts === 0) return 'Not for us: it holds nothing for the morning'
  return facts === null ? 'Read' : `Understood: ${counted(facts, 'fact')}`
}

interface RemarkProps {
  delivery: DeliveryLine
  around: Around
  remark: NonNullable<DeliveryLine['remark']>
}

/** The tool wants to know something: the answer is an address that Muster asks, once somebody says so. */
function Remark({ delivery, around, remark }: RemarkProps) {
  return (
    <>
      <p>{remark.url ? <code class="address">{remark.url}</code> : 'But the address it gives is not its own.'}</p>
      {remark.url && (
        <Form around={around} action={deeds.source.confirmation(delivery.source, delivery.id)}>
          <button type="submit">Confirm</button>
        </Form>
      )}
    </>
  )
}
