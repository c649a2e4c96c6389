import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { listDeliveries, rawDelivery } from '../../src/record/deliveries.ts'
import { incidentTimeline } from '../../src/record/incidents.ts'
import { changes, incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'
import { aFolder, openApp } from '../support/open-app.ts'
import { submit } from '../web/asking.ts'
import { send } from './an-alert.ts'
import { listening } from './daemons.ts'

const command = 'src/sources/commands/muster-notify.sh'
const change = 'src/sources/commands/muster.sh'
const captures = '../shared/data'
const canRun = existsSync('/bin/sh') && existsSync('/usr/bin/curl')

test.runIf(existsSync(`${captures}/nagios-live`)).each([
  ['nagios-live', 'nagios', ['checkout-http on ams1-web1', 'ams1-web1 is down']],
  ['icinga2-live', 'icinga', ['checkout-http on ams1-web1']],
])('%s: what a real daemon told is read as it was meant', async (folder, source, titles) => {
  const { db } = await openApp()

  const lines = readFileSync(`${captures}/${folder}/captured.ndjson`, 'utf8').trim().split('\n')
  for (const { body, headers } of lines.map((line) => JSON.parse(line)))
    await send(db, body, { source, contentType: headers['content-type'] })
  await ingestWaiting(db, morning)

  const rows = await db.orm.select().from(incidents).orderBy(incidents.startedAt)
  expect(rows.map(({ title }) => title)).toEqual(titles)
  expect(rows[0]).toMatchObject({ state: 'resolved', severity: 'sev2', service: 'checkout-http' })
  expect(rows[0]?.acknowledgedAt).not.toBeNull()
  const said = await incidentTimeline(db, rows[0]?.id ?? '')
  expect(said.map(({ value }) => value).join('\n')).toMatch(/<b>.*html<\/b>/)
  expect(said.find(({ kind }) => kind === 'acknowledged')?.by).toBe('alice')
})

test.runIf(canRun)('the command that ships tells what is in its environment, whatever a plugin wrote', async () => {
  const { app, db } = await openApp()
  const { port } = await listening(getRequestListener(app.fetch))
  const output = `CRITICAL - "it's" <b>down</b> & $(touch x) \`id\` 100% | größer; \\n`

  expect(
    await run([`http://127.0.0.1:${port}/sources/nagios`], {
      NAGIOS_NOTIFICATIONTYPE: 'PROBLEM',
      NAGIOS_HOSTNAME: 'web1',
      NAGIOS_SERVICEDESC: 'http',
      NAGIOS_SERVICESTATE: 'CRITICAL',
      NAGIOS_SERVICEOUTPUT: output,
      NAGIOS_TIMET: String(morning.getTime() / 1000),
      NAGIOS__HOSTMUSTER_SITE: 'ams',
      MUSTER_SERVICE: 'checkout',
    }),
  ).toEqual([0, ''])
  await ingestWaiting(db, morning)

  expect(await db.orm.select().from(incidents)).toMatchObject([
    { title: 'http on web1', service: 'checkout', site: 'ams', startedAt: morning, severity: 'sev2', state: 'open' },
  ])
  const [incident] = await db.orm.select().from(incidents)
  const said = await incidentTimeline(db, incident?.id ?? '')
  expect(said.find(({ kind }) => kind === 'note')?.value).toBe(`CRITICAL: ${output}`)
})

test.runIf(canRun)('it shows its token to Muster and to nobody else', async () => {
  const { app, db } = await openApp({ key: Buffer.from(Array.from({ length: 32 }, (_, place) => place)) })
  const { port } = await listening(getRequestListener(app.fetch))
  const token = join(await aFolder(), 'token')
  await writeFile(token, 'correct horse battery staple\n')
  await submit(app, '/sources/icinga/secret', { scheme: 'bearer', secret: 'correct horse battery staple' })
  const environment = { NOTIFICATIONTYPE: 'PROBLEM', HOSTNAME: 'web1', HOSTSTATE: 'DOWN', HOSTOUTPUT: 'no answer' }
  const address = `http://127.0.0.1:${port}/sources/icinga`

  expect(await run([address, token], environment)).toEqual([0, ''])
  expect((await run([address], environment))[0]).not.toBe(0)

  await ingestWaiting(db, morning)
  expect(await db.orm.select().from(incidents)).toMatchObject([{ title: 'web1 is down', state: 'open' }])
  expect(Buffer.from((await rawDelivery(db, await anyDelivery(db))) ?? []).toString()).not.toContain('horse')
})

test.runIf(canRun)('without an address, or started by hand, it says what it wants', async () => {
  expect(await run([], {})).toEqual([expect.any(Number), expect.stringContaining('usage: muster-notify.sh ADDRESS')])
  expect(await run(['http://127.0.0.1:1'], {})).toEqual([expect.any(Number), expect.stringContaining('neither Nagios')])
})

test.runIf(canRun)('a line in a hook of the shell tells a change, and never fails what called it', async () => {
  const { app, db } = await openApp()
  const { port } = await listening(getRequestListener(app.fetch))
  const line = 'shop deploy "4.2" & $(id) größer on ams'

  expect(await run([line], { MUSTER_ADDRESS: `http://127.0.0.1:${port}` }, change)).toEqual([0, ''])
  expect(await run(['lost'], { MUSTER_ADDRESS: 'http://127.0.0.1:1' }, change)).toEqual([
    0,
    expect.stringContaining('muster: not told: lost'),
  ])

  expect(await db.orm.select().from(changes)).toMatchObject([{ what: line, at: morning, service: 'shop', site: 'ams' }])
})

async function anyDelivery(db: Db): Promise<string> {
  return (await listDeliveries(db, { limit: 1 }))[0]?.id ?? ''
}

/** Exit code and complaint. Only what is given is in its environment. */
async function run(words: string[], environment: Record<string, string>, script = command): Promise<[number, string]> {
  const child = spawn('/bin/sh', [script, ...words], { env: { PATH: '/usr/bin:/bin', ...environment } })
  const complaints: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  const [code] = await once(child, 'close')
  return [code, complaints.join('')]
}
