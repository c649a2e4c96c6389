import type { Person } from '../src/record/shapes.ts'

export type Theme = 'auto' | 'light' | 'dark'

/** What every page is told besides its subject. */
export interface Around {
  now: Date // the instant of the request; a page about the past has its own asOf
  asOf?: Date // the page looks back: how it stood then
  zone: string
  me: Person | null // who acts; null = signed in as nobody in particular
  asker: 'open' | 'anonymous' | 'refused' | 'person' | 'projector' | 'token' // 'open' = before anybody ever signed in
  may: (path: string, method?: 'GET' | 'POST') => boolean // whether this reader may go there; POST unless told
  people: Person[] // who can own a thing
  frozen: boolean // MUSTER_NOW: shown as a banner
  demo: boolean // the sample fortnight: shown as a banner
  theme: Theme // the cookie `theme`, 'auto' without one; POST /theme (theme, back) sets it
  live: string // where to listen for what changes from this page on
  here: string // this page's address with its query: each form's `back`. With htmx too: it follows the 303 and morphs #page out of the page
  assets: Assets
  nonce: string // of this rendering: every script carries nonce, every element with an hx- attribute hx-nonce
}

/** Spans and ages are told from the instant that the page tells of. */
export function readingAt({ asOf, now, zone }: Around): { asOf: Date; zone: string } {
  return { asOf: asOf ?? now, zone }
}

/** The addresses of what a page loads, with the content hash in them (src/web/asset-files.ts). */
export interface Assets {
  style: string // every file of public/style joined, layers.css first (they order themselves by @layer), without the meeting's
  wall: string // with the meeting's
  page: string // htmx.org/dist/htmx.min.js, public/keys.js, public/live.js
  meeting: string // public/meeting.js
  charts: string // public/charts.js
  passkeys: string // public/passkeys.js
  chartLibrary: string // chart.js/dist/chart.umd.js, loaded by pages that chart only
  icon: string // public/icon.svg
  phoneManifest: string // public/phone.webmanifest
  font: string // public/fonts/figures.woff2
}
