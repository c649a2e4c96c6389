import { describe, expect, test } from 'vitest'
import { AgendaPage } from '../../views/agenda.tsx'
import {
  aMeeting,
  anAction,
  anAgenda,
  anExposure,
  anIncident,
  aPerson,
  daysAgo,
  facts,
  hoursAgo,
  inHours,
} from '../support/builders.ts'
import { asDocument, someAround } from './gallery.tsx'
import { mornings } from './mornings.ts'

describe('the first screen', () => {
  test('says the verdict in one sentence, under its light', async () => {
    const page = await pageOf({
      exposures: [anExposure({ eta: inHours(9), ownerId: 'lea@example.com', plan: 'Fail back' })],
    })

    expect(page).toMatch(/<span class="light (red|amber)">/)
    expect(textOf(page)).toContain('checkout on fra alone for 35 h')
  })

  test('draws each site as it serves and says it in words', async () => {
    const page = await pageOf({ exposures: [anExposure()] })

    expect(page).toContain(
      'aria-label="checkout: fra is serving with capacity for 60 %; ams is unable with capacity for 0 %"',
    )
  })

  test('sets the new incidents against a usual morning', async () => {
    const page = await pageOf({ incidents: [anIncident()], usual: { weekday: 1, mornings: 12, incidentsOpened: 4 } })

    expect(textOf(page)).toContain('a usual Monday: 4')
  })

  test('a silent input is no zero', async () => {
    const inputs = facts().inputs.map((input) => ({ ...input, count: 0, silent: true, lastHeardAt: hoursAgo(50) }))

    expect(textOf(await pageOf({ inputs }))).toContain('no input since Sat 07:00')
  })
})

describe('a quiet night', () => {
  test('every section says that there is nothing, and how old that word is', async () => {
    const page = textOf(await pageOf({}))

    expect(page).toContain('No incident since Fri 09:02. Alertmanager last spoke 1 h ago')
    expect(page.match(/No problem is open.{0,60}as of 09:00/)).not.toBeNull()
  })

  test('where nobody ever told us, no section claims that there is nothing', async () => {
    const { agenda, facts } = mornings.empty
    const page = textOf(await asDocument(<AgendaPage around={someAround()} agenda={agenda} facts={facts} />))

    expect(page).toContain('Nobody has told us')
    expect(page).not.toContain('No incident since')
  })
})

describe('what can be decided in place', () => {
  test('whoever owns nothing yet can be named, and one takes it oneself with a tap', async () => {
    const lea = aPerson()
    const page = await pageOf({ incidents: [anIncident({ id: 'i-1', ownerId: null })], people: [lea] }, lea)

    expect(page).toContain('action="/incidents/i-1/owner"')
    expect(page).toContain('<input type="hidden" name="owner" value="lea@example.com"/>')
  })

  test('what has an owner shows the name instead of a form', async () => {
    const page = await pageOf({
      incidents: [anIncident({ id: 'i-1', ownerId: 'lea@example.com' })],
      people: [aPerson()],
    })

    expect(page).not.toContain('action="/incidents/i-1/owner"')
    expect(page).toContain('<bdi>Lea Okafor</bdi>')
  })

  test('a postmortem is decided yes, no or later, the advised answer marked', async () => {
    const grave = anIncident({
      id: 'i-9',
      severity: 'sev1',
      startedAt: hoursAgo(9),
      resolvedAt: hoursAgo(8),
      ownerId: 'lea@example.com',
    })
    const page = await pageOf({ incidents: [grave] })

    expect(page).toContain('action="/incidents/i-9/postmortem"')
    expect(page).toContain('<button type="submit" name="decision" value="yes" class="advised">Yes</button>')
  })

  test('an overdue action is done, or gets a new date', async () => {
    const page = await pageOf({ actions: [anAction({ id: 'a-1', dueAt: daysAgo(2) })] })

    expect(page).toContain('action="/actions/a-1/completion"')
    expect(page).toContain('action="/actions/a-1/due"')
  })

  test('the meeting can be opened before, closed while, and neither after', async () => {
    const planned = await pageOf({})
    const open = await pageOf({ meeting: aMeeting() })
    const closed = await pageOf({ meeting: aMeeting({ closedAt: hoursAgo(0) }) })

    expect(planned).toContain('action="/meetings/2026-11-23/opening"')
    expect(open).toContain('action="/meetings/2026-11-23/adjournment"')
    expect(closed).not.toMatch(/opening"|adjournment"/)
  })
})

test('a huge morning says what it holds back and counts every incident', async () => {
  const { agenda, facts } = mornings.huge
  const page = textOf(await asDocument(<AgendaPage around={someAround()} agenda={agenda} facts={facts} />))

  expect(page).toContain('1,800')
  expect(page).toMatch(/and [\d,]+ more: see them all/)
})

async function pageOf(
  given: Parameters<typeof facts>[0],
  me: ReturnType<typeof aPerson> | null = null,
): Promise<string> {
  return asDocument(<AgendaPage around={someAround({ me })} agenda={anAgenda(given)} facts={facts(given)} />)
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
}
