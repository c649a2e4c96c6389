import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import { findIncident } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { settingsIn } from '../support/settings.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import type { Outcome } from './table.ts'

const nine = new Date('2026-11-23T08:00:00Z')

/**
 * Two browsers read the same incident, and each decides otherwise. The later one must be told of both, and nothing overwritten.
 * `blind`: the control, a browser that does not say what it has seen.
 */
export async function lostUpdates(times: number, blind: boolean): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const db = await openHere(folder)
    const settings = settingsIn(folder, { backupFolder: join(folder, 'backup') })
    const app = createApp({ db, settings, now: () => nine })
    const tally = { overwritten: 0, untold: 0 }
    for (let n = 0; n < times; n++) {
      const id = `INC-${n}`
      const told = { title: `${id} broke`, startedAt: nine, severity: 'sev2' } as const
      const telling = { recordedAt: nine, source: 'lift', origin: 'tool', class: 'automated' } as const
      await recordFacts(db, [{ kind: 'incident', id, at: nine, told }], telling)
      const page = await (await app.request(`/incidents/${id}`)).text()
      const seen = blind ? {} : hiddenIn(page, `/incidents/${id}/severity`)
      const decide = (severity: string) =>
        app.request(`/incidents/${id}/severity`, {
          method: 'POST',
          body: new URLSearchParams({ ...seen, severity, why: 'so I see it' }),
          headers: { 'sec-fetch-site': 'same-origin' },
        })
      await decide('sev1')
      const answer = await decide('sev3')
      const text = await answer.text()
      if ((await findIncident(db, id))?.severity !== 'sev1') tally.overwritten += 1
      if (answer.status !== 409 || !text.includes('SEV1') || !text.includes('SEV3')) tally.untold += 1
    }
    await db.close()
    const { overwritten, untold } = tally
    const asMeant = blind ? overwritten > 0 : overwritten + untold === 0
    const lost = `${overwritten} overwritten, ${untold} not told of both`
    return { tried: times, survived: times - overwritten, lost, worstMs: null, asMeant }
  })
}

/** The hidden words of the form that goes to `action`, as a browser would send them. */
function hiddenIn(page: string, action: string): Record<string, string> {
  const [, form = ''] = page.split(`action="${action}"`)
  const inputs = form.split('</form>')[0]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? []
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]))
}
