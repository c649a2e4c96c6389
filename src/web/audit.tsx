import { AuditPage } from '../../views/audit.tsx'
import { paths, withWords } from '../../views/paths.ts'
import { listAudit } from '../record/audit.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { factory } from './house.ts'

const aScreenful = 100
/** Every kind of line there is. */
export const auditKinds = [
  ...['signed-in', 'sign-in-refused', 'session-ended', 'sessions-ended', 'link-made'],
  ...['access-denied', 'token-refused', 'roles', 'person-closed', 'person-reopened', 'person-forgotten'],
  ...['token-made', 'token-revoked', 'projector-enrolled', 'projector-revoked', 'passkey-added', 'passkey-removed'],
] as const

/** Newest first, by who and what; ?before=NUMBER is the cursor. */
export const auditPage = factory.createHandlers(async (c) => {
  const { by = '', what = '', before } = c.req.query()
  const cursor = /^\d{1,15}$/.test(before ?? '') ? Number(before) : undefined
  const found = await listAudit(c.var.db, { by, what, before: cursor, limit: aScreenful + 1 })
  const lines = found.slice(0, aScreenful)
  const last = lines.at(-1)
  const next = found.length > aScreenful && last ? withWords(paths.audit, { by, what, before: `${last.number}` }) : null
  return show(
    c,
    <AuditPage around={await around(c)} lines={lines} asked={{ by, what }} kinds={auditKinds} next={next} />,
  )
})
