import type { Child } from 'hono/jsx'
import type { Around } from './around.ts'
import { ago, when } from './figures.ts'
import { Field, PeopleList } from './parts/form.tsx'
import { paths } from './paths.ts'

export interface LayoutProps {
  around: Around
  title: string
  kind?: string // the page's own class
  charts?: boolean
  passkeys?: boolean
  plain?: boolean // no masthead and no index: the projector
  refreshSeconds?: number // where there is no script to ask anew
  live?: boolean // asks for itself again when something changed: its #page hears 'morning' from the body
  spreadMs?: number // and not all its readers in the same instant
  meeting?: boolean // counts down, and hears initials
  children?: Child
}

const chief = [
  ['Morning', paths.morning],
  ['Incidents', paths.incidents],
  ['Problems', paths.problems],
  ['Exposures', paths.exposures],
  ['Service levels', paths.serviceLevels],
  ['Sources', paths.sources],
] as const
const rest = [
  ['Changes', paths.changes],
  ['Actions', paths.actions],
  ['Postmortems', paths.postmortems],
  ['Complaints', paths.complaints],
  ['Forecasts', paths.forecasts],
  ['People', paths.people],
  ['Past mornings', paths.meetings],
  ['Say it by hand', paths.byHand],
  ['Projectors', paths.projectors],
  ['Tokens', paths.tokens],
  ['Audit', paths.audit],
  ['History', paths.past],
  ['Backup', paths.backup],
  ['API', paths.apiDocs],
] as const
// A morph leaves what the reader folded as it is; the style of htmx's own indicator would break the policy.
const htmxConfig = JSON.stringify({ includeIndicatorCSS: false, morphIgnore: ['data-htmx-powered', 'open'] })

export function Layout({
  around,
  title,
  kind,
  charts,
  passkeys,
  plain,
  refreshSeconds,
  live,
  spreadMs,
  meeting,
  children,
}: LayoutProps) {
  const { assets, nonce, theme } = around
  return (
    <html lang="en" class={kind} data-theme={theme === 'auto' ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · Muster`}</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxConfig} />
        {refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={`${refreshSeconds}`} />
          </noscript>
        )}
        <link rel="preload" href={assets.font} as="font" type="font/woff2" crossorigin="" />
        <link rel="stylesheet" href={isOfTheMeeting(kind) ? assets.wall : assets.style} />
        <link rel="icon" href={assets.icon} type="image/svg+xml" />
        <script src={assets.page} nonce={nonce} defer />
        {meeting && <script src={assets.meeting} nonce={nonce} type="module" />}
        {passkeys && <script src={assets.passkeys} nonce={nonce} defer />}
        {charts && <script src={assets.chartLibrary} nonce={nonce} defer />}
        {charts && <script src={assets.charts} nonce={nonce} defer />}
      </head>
      <body {...swaps} hx-nonce={nonce} data-live={live ? around.live : undefined} data-spread={spreadMs}>
        {!plain && <Masthead around={around} />}
        <div id="notice" role="status" />
        {children}
        {!plain && <Index around={around} />}
      </body>
    </html>
  )
}

/** The meeting, its wall and its phones are dressed in a sheet of their own: who only reads does not load it. */
function isOfTheMeeting(kind = ''): boolean {
  return /^(projector|phone|minutes|meeting)/.test(kind)
}

/** What every form shares: its answer's page is morphed into this one; a refusal is put above and changes nothing else. */
const swaps = {
  'hx-target:inherited': '#page',
  'hx-select:inherited': '#page',
  'hx-swap:inherited': 'outerMorph',
  'hx-status:4xx:inherited': 'target:#notice select:.refusal swap:innerHTML show:top',
  'hx-status:5xx:inherited': 'target:#notice select:.refusal swap:innerHTML show:top',
}

function Masthead({ around }: { around: Around }) {
  const at = around.here.split('?')[0]
  return (
    <>
      <a class="skip" href="#page">
        Skip to the page
      </a>
      <header>
        {around.frozen && <p class="banner">The clock is frozen: this is a replay, not the present.</p>}
        {around.demo && <p class="banner">The sample fortnight: nothing here is real and nothing is kept.</p>}
        {around.asOf && <LooksBack around={around} asOf={around.asOf} />}
        <div class="masthead">
          <a class="name" href={paths.morning}>
            MUSTER
          </a>
          <nav aria-label="Chief pages">
            <ul>
              {chief
                .filter(([, path]) => around.may(path, 'GET'))
                .map(([name, path]) => (
                  <li>
                    <a href={path} aria-current={path === at ? 'page' : undefined}>
                      {name}
                    </a>
                  </li>
                ))}
            </ul>
          </nav>
        </div>
      </header>
    </>
  )
}

/** Never to be taken for today. */
function LooksBack({ around, asOf }: { around: Around; asOf: Date }) {
  return (
    <p class="banner">
      This is how it stood {when(asOf, { asOf: around.now, zone: around.zone })}, {ago(asOf, around.now)}.{' '}
      <a href={around.here.replace(/([?&])at=[^&]*&?/, '$1').replace(/[?&]$/, '')}>Back to now</a>
    </p>
  )
}

const hasPast = /^\/(incidents|problems|exposures|changes|actions)\/[^/]+$/

/** Any page as it stood. */
function LookBack({ around }: { around: Around }) {
  const [path = '', query = ''] = around.here.split('?')
  const asked = [...new URLSearchParams(query)].filter(([name]) => name !== 'at')
  return (
    <form action={path} class="line">
      {asked.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Field label="This page as it stood" name="at" type="datetime-local" required />
      <button type="submit">Look back</button>
      {hasPast.test(path) && <a href={`${path}/history`}>Its history</a>}
    </form>
  )
}

function Index({ around }: { around: Around }) {
  return (
    <footer class="index">
      <nav aria-label="Index">
        <ul>
          {rest
            .filter(([, path]) => around.may(path, 'GET'))
            .map(([name, path]) => (
              <li>
                <a href={path}>{name}</a>
              </li>
            ))}
        </ul>
      </nav>
      <div class="colophon">
        <WhoSits around={around} />
        {around.may(paths.morning, 'GET') && <LookBack around={around} />}
        <ThemeSwitch around={around} />
      </div>
      <PeopleList around={around} />
    </footer>
  )
}

/** Before anybody signed in, who one says one is; from then on, who one is. */
function WhoSits({ around }: { around: Around }) {
  const { asker, me } = around
  if (asker === 'open')
    return (
      <form method="post" action={paths.whoami} class="line">
        <input type="hidden" name="back" value={around.here} />
        <Field
          label={me ? `You are ${me.name}` : 'Who are you?'}
          name="name"
          list="people"
          {...(me && { value: me.id })}
        />
        <button type="submit">{me ? 'Change' : 'It is me'}</button>
      </form>
    )
  if (asker !== 'person') return around.here.startsWith(paths.signIn) ? null : <a href={paths.signIn}>Sign in</a>
  return (
    <form method="post" action={paths.signOut} class="line">
      <a href={paths.me}>You are {me?.name}</a>
      <button type="submit">Sign out</button>
    </form>
  )
}

function ThemeSwitch({ around }: { around: Around }) {
  return (
    <form method="post" action={paths.theme} class="choices">
      <input type="hidden" name="back" value={around.here} />
      {(['auto', 'light', 'dark'] as const).map((theme) => (
        <button type="submit" name="theme" value={theme} aria-pressed={theme === around.theme ? 'true' : 'false'}>
          {theme === 'auto' ? 'By daylight' : theme === 'light' ? 'Light' : 'Dark'}
        </button>
      ))}
    </form>
  )
}
