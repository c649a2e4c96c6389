import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { hiddenBeyond, overflowOf } from '../support/browser.ts'
import type { Pictured } from '../views/serve-gallery.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const sizes = {
  wall: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const
/** What must hold besides: the narrowest phone, and a desk magnified to 200 %. */
export const narrow = { width: 320, height: 700 } as const
export const magnified = { viewport: { width: 640, height: 360 }, deviceScaleFactor: 2 } as const

export async function openView(page: Page, { path, act }: Pictured): Promise<void> {
  await page.goto(path)
  await act?.(page)
}

/** What is in the way of a reader with other eyes, hands or ears: axe-core, WCAG 2.2 A and AA and its best practices. */
export async function obstacles(
  page: Page,
  { only = [], but = [] }: { only?: readonly string[]; but?: readonly string[] } = {},
): Promise<string[]> {
  await page.evaluate(axe)
  const run = only.length > 0 ? { type: 'rule', values: only } : { type: 'tag', values: standards }
  const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]))
  return page.evaluate(
    `axe.run({ rules: ${JSON.stringify(rules)}, runOnly: ${JSON.stringify(run)}, resultTypes: ['violations'], preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' (' + nodes.length + '): ' + nodes[0].html))`,
  )
}

/** Nothing moves sideways; of the projector nothing moves at all, and no word is cut. */
export async function strayings(page: Page, { view }: Pictured): Promise<string[]> {
  const isWall = view.startsWith('projector')
  const { sideways, down } = await overflowOf(page)
  const beyond = isWall ? await hiddenBeyond(page) : []
  return [
    ...(sideways > 0 ? [`moves ${sideways} px sideways: ${await widest(page)}`] : []),
    ...(isWall && down > 0 ? [`moves ${down} px down`] : []),
    ...beyond.map((words) => `cuts “${words}”`),
  ]
}

function widest(page: Page): Promise<string> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
    .slice(-3).map((element) => element.tagName.toLowerCase() + '.' + element.className + ' ' + element.textContent.slice(0, 40)).join(' | ')`)
}

const mostSteps = 250

/**
 * By Tab alone from the page's beginning: whatever can be acted on is reached once, in the order in which it stands; the ring
 * is seen and nothing covers it (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11). Of a long page the first 250.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
  const expected: number = await page.evaluate(`(() => {
    const acts = 'a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select, textarea, summary, [tabindex="0"]'
    window.stops = [...document.querySelectorAll(acts)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.closest('[popover]:not(:popover-open)'))
    document.body.tabIndex = -1
    document.body.focus({ preventScroll: true })
    document.body.removeAttribute('tabindex')
    scrollTo(0, 0)
    return window.stops.length
  })()`)
  const faults: string[] = []
  for (let place = 0; place < Math.min(expected, mostSteps); place++) {
    await page.keyboard.press('Tab')
    const fault: string = await page.evaluate(`(${stop})(${place})`)
    if (fault) faults.push(fault)
    if (faults.length > 3) break
  }
  return faults
}

// Runs in the page. A date field has several stops of its own: Tab stays within it.
const stop = `async (place) => {
  const at = document.activeElement
  const named = (one) => one ? one.tagName.toLowerCase() + ' ' + (one.textContent || one.name || '').trim().slice(0, 40) : 'nothing'
  if (at?.matches('input[type^=date]') && window.stops[place] !== at) { window.stops.splice(place, 0, at); return '' }
  if (at !== window.stops[place]) return 'Tab leads to ' + named(at) + ', not to ' + named(window.stops[place])
  await new Promise((drawn) => requestAnimationFrame(drawn))
  const { outlineStyle, outlineWidth } = getComputedStyle(at)
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 1) return 'no ring around ' + named(at)
  const boxes = [...at.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
  const seen = boxes.some(({ left, top, width, height }) => [0.5, 0.1, 0.9].some((share) => {
    const there = document.elementFromPoint(left + width * share, top + height / 2)
    return there && (at.contains(there) || there.contains(at) || at.labels?.length && [...at.labels].some((label) => label.contains(there)))
  }))
  return seen ? '' : named(at) + ' is covered or out of sight when it has the focus'
}`
