import { type Context, Hono } from 'hono'
import type { Page } from 'playwright-core'
import { RecordFullError } from '../../src/record/faults.ts'
import { failed, notFound, refuse } from '../../src/web/faults.tsx'
import type { Env } from '../../src/web/house.ts'
import { stillExposed } from '../../src/web/incidents.tsx'
import type { Around } from '../../views/around.ts'
import { anInput, hoursAgo } from '../support/builders.ts'
import { settingsIn } from '../support/settings.ts'
import { viewsOf } from './gallery.tsx'
import { type Morning, morningOf, mornings } from './mornings.ts'

export interface FailingView {
  render: (c: Context<Env>) => Promise<string> | Promise<Response>
  act?: (page: Page) => Promise<void> // until what failed is seen
}

/** What a reader sees when something is wrong: with a script a word at the foot, without one a page; and feeds that say nothing. */
export function failingViews(around: Around): Record<string, FailingView> {
  const at = (name: string, morning: Morning, view: string): FailingView => ({
    render: async () =>
      (await viewsOf(morning, { ...around, here: `/failing/${name}`, live: `/live?${name}` })[view]?.()) ?? '',
  })
  return {
    'record-full': { ...at('record-full', mornings.ordinary, 'agenda'), act: (page) => refused(page, 'I take it') },
    'record-full-page': { render: (c) => refusal(c, 'record-full') },
    'refused-form': { ...at('refused-form', mornings.ordinary, 'incident'), act: (page) => refused(page, 'Resolved') },
    'refused-form-page': { render: (c) => refusal(c, 'refused-form') },
    'not-there': { render: (c) => Promise.resolve(notFound(() => [])(c)) },
    'silent-agenda': at('silent-agenda', silent, 'agenda'),
    'silent-sources': at('silent-sources', silent, 'sources'),
    'projector-silent': at('projector-silent', silent, 'projector-front'),
    'projector-silent-inputs': at('projector-silent-inputs', silent, 'projector-sources'),
    'projector-lost-link': { ...at('projector-lost-link', mornings.ordinary, 'projector-front'), act: loseTheLink },
  }
}

/** The words of the house itself for what it will not or cannot take. */
export function refusal(c: Context<Env>, state: string | undefined): Promise<Response> {
  const answer =
    state === 'refused-form'
      ? refuse(c, 409, stillExposed('Checkout lost ams', 'resolved', [{ id: 'checkout@then', service: 'checkout' }]))
      : failed(() => undefined)(new RecordFullError('the disk is full'), c)
  return Promise.resolve(answer)
}

/** What the refusals of the house are told with, as any request of it. */
export function tellRequests(around: Around) {
  return new Hono<Env>().use(async (c, next) => {
    c.set('settings', settingsIn('.'))
    c.set('now', around.now)
    c.set('nonce', around.nonce)
    c.set('house', { demo: false, assets: around.assets, live: { position: () => 'run.1' } } as never) // pages of faults ask the house for no more
    await next()
  })
}

async function refused(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  await page.locator('#notice .refusal').waitFor()
}

// The page's line is answered by nobody.
async function loseTheLink(page: Page): Promise<void> {
  await page.locator('[data-lost]:not([hidden])').waitFor()
}

const silent = morningOf({
  ...mornings.ordinary.facts,
  exposures: [],
  incidents: [],
  sources: mornings.ordinary.facts.sources.map((source) => ({ ...source, silent: true, lastHeardAt: hoursAgo(31) })),
  inputs: mornings.ordinary.facts.inputs.map(({ class: input }, place) =>
    anInput({ class: input, count: 0, lastHeardAt: place === 0 ? null : hoursAgo(30 + place), silent: true }),
  ),
})
