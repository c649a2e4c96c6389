import { paths } from '../../views/paths.ts'
import { anHour } from '../calendar.ts'
import type { Settings } from '../config.ts'
import { note } from '../record/audit.ts'
import type { Db } from '../record/db.ts'
import { allPeople } from '../record/people.ts'
import { hasAdministrator } from '../record/roles.ts'
import { makeSignInLink, voidSignInLinks } from '../record/sign-in-links.ts'
import type { Command } from './command.ts'

const lastsMs = anHour

export const signIn: Command = {
  name: 'sign-in',
  help: `npm run sign-in [-- E-MAIL]
  Prints a link that signs somebody of the list in, once, within the hour. Whoever may run this holds the record.
  Without an e-mail, while nobody administers: the link of the first administrator.
  Example: npm run sign-in -- ana@example.com`,
  async run(words, { db, settings, now, say, complain }) {
    const [email, stray] = words
    if (stray !== undefined || email?.startsWith('-')) {
      complain(`sign-in takes one e-mail.\n${signIn.help}`)
      return 2
    }
    if (email === undefined) {
      const link = await firstLink(db, settings, now())
      if (link === null) complain('There is an administrator already: name somebody of the list.')
      else say(link)
      return link === null ? 1 : 0
    }
    const person = (await allPeople(db)).find(({ id, closedAt }) => id === email.toLowerCase() && closedAt === null)
    if (!person) {
      complain(`${email} is not on the list of people, or has left.`)
      return 1
    }
    await note(db, { at: now(), by: 'console', what: 'link-made', subject: person.id })
    say(addressOf(settings, await makeSignInLink(db, { personId: person.id, at: now(), lastsMs })))
    return 0
  },
}

/** The first administrator's link; those printed before it lead nowhere any more. null = there is an administrator. */
export async function firstLink(db: Db, settings: Settings, at: Date): Promise<string | null> {
  if (await hasAdministrator(db)) return null
  await voidSignInLinks(db, null, at)
  return addressOf(settings, await makeSignInLink(db, { personId: null, at, lastsMs }))
}

function addressOf({ publicUrl }: Settings, secret: string): string {
  return new URL(paths.signInLink(secret), publicUrl).href
}
