import { isLoopback } from '../networks.ts'
import { hasAdministrator } from '../record/roles.ts'
import { isLocked } from '../record/sessions.ts'
import type { Room } from './command.ts'

interface Finding {
  state: 'ok' | 'note' | 'fault'
  about: string
  says: string
  mend?: string
}

/** Who may come in, by which way, and what stands open. */
export async function doors({ db, settings }: Room): Promise<Finding[]> {
  const { host, publicUrl, smtpUrl, doors } = settings
  const isHere = isLoopback(host)
  const isPublic = !isLoopback(publicUrl.hostname)
  const [locked, administered] = [await isLocked(db), await hasAdministrator(db)]
  const isOpen = isHere && doors.provider === null && !locked
  const ways = [doors.provider && `${doors.provider.issuer.host}`, smtpUrl && 'letters', 'npm run sign-in'].filter(
    Boolean,
  )
  return [
    isOpen
      ? {
          state: isPublic ? 'fault' : 'note',
          about: 'door',
          says: isPublic
            ? 'open: whoever is passed on to this machine by its own name is let in as if they sat here'
            : 'open to whoever sits at this machine, until the first administrator signs in',
          mend: 'open the link that npm run sign-in prints',
        }
      : {
          state: administered ? 'ok' : 'note',
          about: 'door',
          says: administered ? `locked; in by ${ways.join(', ')}` : 'locked, and nobody administers yet',
          ...(!administered && { mend: 'open the link that npm run sign-in prints' }),
        },
    ...(isPublic && publicUrl.protocol === 'http:'
      ? [
          {
            state: 'fault' as const,
            about: 'door',
            says: `PUBLIC_URL is ${publicUrl.origin}: whoever listens on the way sees the sessions`,
            mend: 'put TLS before it and say PUBLIC_URL=https://...',
          },
        ]
      : []),
    ...(isPublic && publicUrl.protocol === 'https:' && doors.proxies.length === 0
      ? [
          {
            state: 'note' as const,
            about: 'door',
            says: 'no proxy is named: the limits and the audit see its address, and not those behind it',
            mend: 'name it as MUSTER_PROXIES',
          },
        ]
      : []),
  ]
}
