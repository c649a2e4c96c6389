import { pathToFileURL } from 'node:url'
import type { Settings } from '../../src/config.ts'
import { rhythm } from './morning.ts'

/** Settings of a server on loopback whose record lies in `folder`. Port 0 takes any free one. */
export function settingsIn(folder: string, given: Partial<Settings> = {}): Settings {
  return {
    port: 0,
    host: '127.0.0.1',
    publicUrl: new URL('http://localhost:3000'),
    folder,
    databaseUrl: pathToFileURL(`${folder}/muster.db`).href,
    databaseToken: null,
    backupFolder: `${folder}/backup`,
    rhythm,
    allowNetworks: [],
    smtpUrl: null,
    mailFrom: null,
    dkim: null,
    frozenAt: null,
    key: null,
    doors: { provider: null, firstAdministrator: null, proxies: [] },
    ...given,
  }
}
