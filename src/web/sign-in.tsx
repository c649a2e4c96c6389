import type { Context } from 'hono'
import { paths, withWords } from '../../views/paths.ts'
import { LetterSentPage, LinkPage, SignInPage } from '../../views/sign-in.tsx'
import { aMinute } from '../calendar.ts'
import type { LetterBox } from '../mail.ts'
import { noteLater } from '../record/audit.ts'
import { recordFacts } from '../record/record-facts.ts'
import { hasAdministrator, rolesOf, setRoles } from '../record/roles.ts'
import { endSession, isLocked } from '../record/sessions.ts'
import type { Person } from '../record/shapes.ts'
import { findSignInLink, makeSignInLink, type SignInLink, useSignInLink } from '../record/sign-in-links.ts'
import { subscriberOf } from './address.ts'
import { dropCookie, letIn, personOf } from './admitting.ts'
import { isOwnPath, show, words } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { allowances, type Limits, tooOften } from './limits.ts'
import { missing, unfit } from './wanting.ts'

export interface SignInGiven {
  mail: LetterBox | null
  limits: Limits
  unsent: (fault: string) => void // a letter that could not be posted: for the log
}
const linkLastsMs = 10 * aMinute

/** Who one is, by a link in a letter that only its reader has. The links confirm by POST: what only looks burns nothing. */
export function signIn({ mail, limits, unsent }: SignInGiven) {
  return factory
    .createApp()
    .get('/', page)
    .post('/', ask)
    .get('/links/:secret', confirmation)
    .post('/links/:secret', confirm)

  async function page(c: Context<Env>): Promise<Response> {
    const { provider } = c.var.settings.doors
    const next = ownPath(c.req.query('next'))
    const ways = { mail: mail !== null, provider: provider?.issuer.host ?? null, locked: await isLocked(c.var.db) }
    return show(c, <SignInPage around={await around(c)} next={next} {...ways} />)
  }

  /** Answers the same, as fast, whether there is such a person or not. */
  async function ask(c: Context<Env>): Promise<Response> {
    const { email, next } = await words(c)
    if (mail === null)
      return refuse(c, 409, { title: 'No mail is set up here', mend: 'Ask an administrator for a link' })
    if (!email) return missing(c, 'email', 'Give the address that is on the list of people')
    if (!isAddress(email)) return unfit(c, { field: 'email', fault: 'is no address', mend: 'Write ana@example.com' })

    const subscriber = subscriberOf(c.var.from)
    const wait =
      limits.spend(`letters ${subscriber}`, allowances.fromOne, c.var.now) ||
      limits.spend(`letter ${email.toLowerCase()} ${subscriber}`, allowances.oneForOne, c.var.now)
    if (wait > 0) return tooOften(c, wait)

    const wanted = { db: c.var.db, email, next: ownPath(next), at: c.var.now, from: c.var.from }
    setImmediate(() => void writeTo(c, wanted).catch((fault) => unsent(String(fault))))
    return show(c, <LetterSentPage around={await around(c)} />)
  }

  async function writeTo(c: Context<Env>, { email, next, at, from }: Wanted): Promise<void> {
    const person = await personOf(c, email)
    if (!person || limits.spend(`to ${person.id}`, allowances.letters, at) > 0) return
    const posted = await mail?.post(await letterTo(c, person, { next, at, from }))
    if (posted && posted.outcome !== 'accepted') unsent(posted.fault)
  }

  async function confirmation(c: Context<Env>): Promise<Response> {
    const link = await linkAsked(c)
    if (!link) return spent(c)
    const person = link.personId === null ? null : await personOf(c, link.personId)
    if (link.personId !== null && !person) return spent(c)

    const { firstAdministrator } = c.var.settings.doors
    return show(
      c,
      <LinkPage
        around={await around(c)}
        action={paths.signInLink(c.req.param('secret') ?? '')}
        person={person ?? null}
        email={firstAdministrator}
        next={ownPath(c.req.query('next'))}
      />,
    )
  }

  async function confirm(c: Context<Env>): Promise<Response> {
    const { name, email, next } = await words(c)
    const link = await linkAsked(c)
    if (!link) return wrong(c)
    if (link.personId === null)
      return confirmFirst(c, { name, email: c.var.settings.doors.firstAdministrator ?? email })

    const person = await personOf(c, link.personId)
    if (!person || !(await useSignInLink(c.var.db, c.req.param('secret') ?? '', c.var.now))) return wrong(c)
    return letIn(c, person, 'link', next)
  }

  async function confirmFirst(c: Context<Env>, said: { name: string | undefined; email: string | undefined }) {
    if (!said.name) return missing(c, 'name', 'Say who you are')
    if (!said.email || !isAddress(said.email))
      return unfit(c, { field: 'email', fault: 'is no address', mend: 'Write ana@example.com' })
    if (!(await useSignInLink(c.var.db, c.req.param('secret') ?? '', c.var.now))) return wrong(c)
    return letIn(c, await firstAdministrator(c, { name: said.name, email: said.email }), 'link')
  }

  function wrong(c: Context<Env>): Response | Promise<Response> {
    const { db, now, from } = c.var
    noteLater(db, { at: now, by: '', what: 'sign-in-refused', subject: 'link', from })
    const wait = limits.spend(`wrong ${subscriberOf(from)}`, allowances.wrong, now)
    return wait > 0 ? tooOften(c, wait) : spent(c)
  }
}

interface Wanted {
  email: string
  next: string | null
  at: Date
  from: string
}

export const signOut = factory.createHandlers(async (c) => {
  const { db, now, asker, from } = c.var
  if (asker.kind === 'person') await endSession(db, { id: asker.session }, { at: now, by: asker.id, from })
  dropCookie(c)
  c.header('clear-site-data', '"cache", "storage"')
  return c.redirect(paths.signIn, 303)
})

/** Makes the link and says what it is for: from where it was asked, so that who did not ask knows. */
export async function letterTo(
  c: Context<Env>,
  person: Person,
  { next, at, from }: Omit<Wanted, 'email'>,
): Promise<Parameters<LetterBox['post']>[0]> {
  const { db, settings } = c.var
  const secret = await makeSignInLink(db, { personId: person.id, at, lastsMs: linkLastsMs })
  const address = new URL(withWords(paths.signInLink(secret), { next }), settings.publicUrl).href
  const text = [
    `Open this within ten minutes and confirm; it works once:`,
    address,
    `It was asked for from ${from}. If that was not you, do nothing: nobody else has this link.`,
  ].join('\n\n')
  return { to: { name: person.name, address: person.email }, subject: 'Sign in to Muster', text: `${text}\n`, at }
}

/** Whoever holds the first link is the first administrator, on the list or not yet. */
async function firstAdministrator(c: Context<Env>, { name, email }: { name: string; email: string }): Promise<Person> {
  const { db, now, from } = c.var
  const known = await personOf(c, email)
  const unknown = { role: null, function: null, zone: null, deputy: null, closedAt: null }
  const told = { at: now, by: email.toLowerCase(), from }
  if (!known)
    await recordFacts(db, [{ kind: 'person', name, email: email.toLowerCase(), ...unknown }], {
      recordedAt: now,
      source: 'room',
      origin: 'room',
      class: null,
      by: told.by,
    })
  const person = known ?? { id: told.by, name, email: told.by, ...unknown }
  await setRoles(db, person.id, [...(await rolesOf(db, person.id)), 'administrator'], told)
  return person
}

async function linkAsked(c: Context<Env>): Promise<SignInLink | undefined> {
  const { db, now } = c.var
  const link = await findSignInLink(db, c.req.param('secret') ?? '', now)
  const isTooLate = link?.personId === null && (await hasAdministrator(db))
  return isTooLate ? undefined : link
}

function spent(c: Context<Env>): Response | Promise<Response> {
  return refuse(c, 410, {
    title: 'This link leads nowhere any more',
    mend: `It was used, or is too old. Ask for another at ${paths.signIn}`,
  })
}

function ownPath(path: string | undefined): string | null {
  return path !== undefined && isOwnPath(path) ? path : null
}

function isAddress(text: string): boolean {
  return text.length <= 200 && /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/.test(text)
}
