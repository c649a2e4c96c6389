import { expect, test } from 'vitest'
import { listDeliveries } from '../../src/record/deliveries.ts'
import { incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { submit, textOf } from './asking.ts'

const topic = 'arn:aws:sns:eu-west-1:999988887777:alarms'

function asking(SubscribeURL: string) {
  return {
    Type: 'SubscriptionConfirmation',
    MessageId: 'm-1',
    Token: 't',
    TopicArn: topic,
    Message: 'hi',
    SubscribeURL,
  }
}

async function hears(body: object, source = 'cloudwatch') {
  const { app, db } = await openApp()
  await app.request(`/sources/${source}`, { method: 'POST', body: JSON.stringify(body) })
  await ingestWaiting(db, morning)
  return { app, db, page: await textOf(app, `/sources/${source}`) }
}

test('a topic that asks whether it may deliver is shown with the address that says yes', async () => {
  const yes = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=t'

  const { page, db } = await hears(asking(yes))

  expect(page).toContain(`${topic} asks whether it may deliver here`)
  expect(page).toContain(yes.replaceAll('&', '&amp;'))
  expect(page).toContain('/confirmation"')
  expect(await db.orm.select().from(incidents)).toEqual([])
})

test.each([
  'https://sns.eu-west-1.amazonaws.com.example.org/yes',
  'http://sns.eu-west-1.amazonaws.com/yes',
  'https://169.254.169.254/latest/meta-data',
  'https://example.org/?sns.eu-west-1.amazonaws.com',
  'https://sns.eu-west-1.amazonaws.com@127.0.0.1/',
  'javascript:alert(1)',
  '',
])('%s is no address of Amazon: it is neither offered nor asked', async (trap) => {
  const { page, app, db } = await hears(asking(trap))
  const [delivery] = await listDeliveries(db, { limit: 1 })

  expect(page).toContain('the address it gives is not its own')
  expect(page).toContain('taken unverified')
  expect(page).not.toContain('/confirmation"')
  expect((await submit(app, `/sources/cloudwatch/deliveries/${delivery?.id}/confirmation`, {})).status).toBe(404)
})

test('an event that a tool tells and nobody here needs is kept, counted and harmless', async () => {
  const event = {
    event: { event_type: 'incident.of.the.future', occurred_at: morning.toISOString(), data: { id: 'P1' } },
  }

  const { page, db } = await hears(event, 'pagerduty')

  expect(page).toMatch(/<dt>Not for us<\/dt><dd>1<\/dd>/)
  expect(page).toContain('Not for us: it holds nothing for the morning')
  expect(await listDeliveries(db, { limit: 5 })).toMatchObject([{ facts: 0, fault: null }])
  expect(await db.orm.select().from(incidents)).toEqual([])
})
