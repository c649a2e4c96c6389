import { dateTimeWords } from '../src/calendar.ts'
import type { Variant } from '../src/record/schema.ts'
import type { Person } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Form } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

/** How a person wishes to be told, as a form says it. */
export interface WishesShown {
  isOn: boolean
  variant: Variant
  time: string
  zone: string
  weekdays: readonly number[]
  daysOff: readonly string[]
  keepsHolidays: boolean
  quietFrom: string
  quietUntil: string
  wakings: readonly string[]
}
export interface WishesPageProps {
  around: Around
  person: Person
  wishes: WishesShown
  next: Date | null // when the next digest is due
  hasMail: boolean
  lost: string | null // why the last digest did not arrive
  feed: string // the whole address of their calendar
  teams: { name: string; feed: string }[]
}

const variantWords: Record<Variant, string> = {
  manager: 'For a manager: the verdict, what is exposed, who owes what',
  engineer: 'For an engineer: more of the incidents, changes and problems',
  support: 'For support: more of what customers said',
}
const wakingWords: Record<string, string> = {
  'hand-over': 'something is handed over to me',
  exposure: 'a service runs on one site alone, or has for 4, 24 and 72 hours',
  digest: 'my digest is there',
}
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

export function WishesPage({ around, person, wishes, next, hasMail, lost, feed, teams }: WishesPageProps) {
  return (
    <Layout around={around} title="How to be told">
      <main id="page">
        <PageHead kicker="How to be told" title={person.name}>
          <p class="lead">
            {wishes.isOn && next
              ? `The next digest leaves ${dateTimeWords(next, wishes.zone)} ${wishes.zone}.`
              : 'No digest is sent.'}
          </p>
        </PageHead>
        {lost !== null && (
          <p class="text-red">
            The last one did not arrive: <bdi>{lost}</bdi>
          </p>
        )}
        {!hasMail && <p class="text-amber">No mail server is set here yet: SMTP_URL and MAIL_FROM say which.</p>}
        <div class="stack">
          <Form around={around} action={paths.wishes(person.id)} class="stack">
            <Block title="The digest by mail">
              <label class="check">
                <input type="checkbox" name="digest" value="yes" checked={wishes.isOn} /> Send it to {person.email}
              </label>
              <div class="line">
                <label>
                  At
                  <input name="time" type="time" value={wishes.time} required />
                </label>
                <label>
                  on the clock of
                  <input name="zone" value={wishes.zone} required maxlength={60} autocomplete="off" />
                </label>
                <label>
                  Written
                  <select name="variant">
                    {Object.entries(variantWords).map(([variant, words]) => (
                      <option value={variant} selected={variant === wishes.variant}>
                        {words}
                      </option>
                    ))}
                  </select>
                </label>
              </div>
              <fieldset class="choices">
                <legend>On</legend>
                {weekdays.map((name, place) => (
                  <label class="check">
                    <input
                      type="checkbox"
                      name={`day.${place + 1}`}
                      value="yes"
                      checked={wishes.weekdays.includes(place + 1)}
                    />{' '}
                    {name}
                  </label>
                ))}
              </fieldset>
              <label class="check">
                <input type="checkbox" name="keepsHolidays" value="yes" checked={wishes.keepsHolidays} /> Not on the
                meeting’s holidays
              </label>
              <label>
                Nor on these days of mine
                <input name="daysOff" value={wishes.daysOff.join(', ')} placeholder="2026-12-28, 2026-12-29" />
              </label>
            </Block>
            <Block title="A word on the phone">
              <fieldset class="choices">
                <legend>When</legend>
                {Object.entries(wakingWords).map(([waking, words]) => (
                  <label class="check">
                    <input
                      type="checkbox"
                      name={`waking.${waking}`}
                      value="yes"
                      checked={wishes.wakings.includes(waking)}
                    />{' '}
                    {words}
                  </label>
                ))}
              </fieldset>
              <div class="line">
                <label>
                  Quiet from
                  <input name="quietFrom" type="time" value={wishes.quietFrom} required />
                </label>
                <label>
                  until
                  <input name="quietUntil" type="time" value={wishes.quietUntil} required />
                </label>
              </div>
            </Block>
            <button type="submit">Keep it so</button>
          </Form>
          <Block title="The calendar">
            <p>
              Meetings, postmortems, what you promised by when, and what is planned, in your own calendar. Whoever knows
              this address can read it: subscribe to it, and give it to nobody.
            </p>
            <pre>{feed}</pre>
            <Form around={around} action={paths.newFeed(person.id)}>
              <button type="submit">Draw a new address</button>
            </Form>
            {teams.map(({ name, feed }) => (
              <>
                <p>
                  The calendar of <bdi>{name}</bdi>:
                </p>
                <pre>{feed}</pre>
              </>
            ))}
          </Block>
        </div>
      </main>
    </Layout>
  )
}
