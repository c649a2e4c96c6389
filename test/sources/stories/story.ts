import { minutesAgo } from '../../support/morning.ts'

/** What one tool tells of one thing, in six deliveries, in order. `key` tells one such thing from another. */
export interface Story {
  name: string
  source: string
  tell(key: string): object[]
}

// Every twenty minutes, the first three hours before the morning.
const at = (place: number) => minutesAgo(180 - place * 20)
export const iso = (place: number) => at(place).toISOString()
export const seconds = (place: number) => Math.floor(at(place).getTime() / 1000)
export const millis = (place: number) => at(place).getTime()
export const six = [0, 1, 2, 3, 4, 5]

/** On, on again, off, on, off, and off again. */
export function onAndOff(
  name: string,
  source: string,
  say: (key: string, place: number, on: boolean) => object,
): Story {
  return { name, source, tell: (key) => six.map((place) => say(key, place, [0, 1, 3].includes(place))) }
}

/** An issue from its opening to its second closing. */
export function issueOfGitHub(key: string, { title, labels }: { title: string; labels: string[] }): object[] {
  return ['opened', 'assigned', 'labeled', 'closed', 'reopened', 'closed'].map((action, place) => ({
    action,
    sender: { login: 'ada' },
    repository: { name: 'shop', full_name: 'acme/shop' },
    issue: {
      number: key,
      title,
      html_url: `https://github.com/acme/shop/issues/${key}`,
      labels: labels.map((name) => ({ name })),
      state: action === 'closed' ? 'closed' : 'open',
      assignee: place > 0 ? { login: 'bob' } : null,
      created_at: iso(0),
      updated_at: iso(place),
      closed_at: place >= 3 ? iso(place === 5 ? 5 : 3) : null,
    },
  }))
}
