import { parseArgs } from 'node:util'
import { aDay, dateTimeWords } from '../calendar.ts'
import { listTokens, makeToken, revokeToken, tokenCounts } from '../record/tokens.ts'
import { scopeFault } from '../web/scopes.ts'
import type { Command, ExitCode, Room } from './command.ts'

export const token: Command = {
  name: 'token',
  help: `npm run token -- create --name N --scope SCOPE [--scope SCOPE ...] [--expires DAYS]
npm run token -- list
npm run token -- revoke ID
  Tokens by which programs speak to the API, as Authorization: Bearer. The secret is printed once.
  SCOPE  KIND:read, KIND:write, KIND:*, *:read, *; sources:post, agenda:read, metrics:read
  Example: npm run token -- create --name deploys --scope changes:write --expires 365`,
  async run([verb = '', ...words], room) {
    switch (verb) {
      case 'create':
        return create(words, room)
      case 'list':
        return words.length === 0 ? list(room) : wrongWords(room, `list knows no ${JSON.stringify(words[0])}`)
      case 'revoke':
        return revoke(words, room)
      default:
        return wrongWords(room, verb === '' ? 'token needs a verb' : `token knows no ${JSON.stringify(verb)}`)
    }
  },
}

async function create(words: readonly string[], room: Room): Promise<ExitCode> {
  const read = readWords(words)
  if (typeof read === 'string') return wrongWords(room, read)

  const at = room.now()
  const { name, scopes, days } = read
  const expiresAt = days === null ? null : new Date(at.getTime() + days * aDay)
  const { id, secret } = await makeToken(room.db, { name, scopes, expiresAt, at, by: 'console' })
  room.complain(`Token ${id} of ${name}: ${scopes.join(' ')}. Its secret is told once:`)
  room.say(secret)
  return 0
}

interface Wanted {
  name: string
  scopes: string[]
  days: number | null
}

function readWords(words: readonly string[]): Wanted | string {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        name: { type: 'string' },
        scope: { type: 'string', multiple: true },
        expires: { type: 'string' },
      },
    })
    const scopes = (values.scope ?? []).flatMap((scope) => scope.split(/[\s,]+/)).filter((scope) => scope !== '')
    const fault = scopes.map(scopeFault).find((found) => found !== null)
    if (!values.name?.trim()) return '--name is missing'
    if (scopes.length === 0) return '--scope is missing'
    if (fault) return fault
    if (values.expires !== undefined && !/^[1-9]\d{0,3}$/.test(values.expires))
      return '--expires is not a number of days'
    return { name: values.name.trim(), scopes, days: values.expires === undefined ? null : Number(values.expires) }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function list({ db, settings, now, say }: Room): Promise<ExitCode> {
  const words = (at: Date) => dateTimeWords(at, settings.rhythm.zone)
  for (const token of await listTokens(db)) {
    const state = token.revokedAt
      ? `revoked ${words(token.revokedAt)}`
      : tokenCounts(token, now())
        ? token.expiresAt
          ? `until ${words(token.expiresAt)}`
          : 'for good'
        : 'expired'
    const used = token.usedAt ? `last used ${words(token.usedAt)}` : 'never used'
    say(`${token.id}  ${token.name}  ${token.scopes.join(' ')}  ${state}, ${used}, made by ${token.madeBy}`)
  }
  return 0
}

async function revoke(words: readonly string[], room: Room): Promise<ExitCode> {
  const [id, stray] = words
  if (id === undefined || stray !== undefined) return wrongWords(room, 'revoke takes the ID that list tells')
  if (await revokeToken(room.db, id, { at: room.now(), by: 'console' })) {
    room.say('revoked')
    return 0
  }
  room.complain(`There is no token ${JSON.stringify(id)} that counts.`)
  return 1
}

function wrongWords({ complain }: Room, why: string): ExitCode {
  complain(`${why}.\n${token.help}`)
  return 2
}
