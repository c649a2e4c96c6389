import type { Server } from '../support/server.ts'

export interface Load {
  acks: Map<string, number> // when each was acknowledged
  stop(): Promise<void>
}

/** So many senders post one alarm after another, until told to stop; what was acknowledged is kept on this side. */
export function sendTo(server: Server, { senders, name }: { senders: number; name: string }): Load {
  const acks = new Map<string, number>()
  const state = { over: false }
  const sending = Array.from({ length: senders }, async (_, sender) => {
    for (let n = 0; !state.over; n++) {
      const id = `${name}-${sender}-${n}`
      const answer = await post(server, id)
      if (answer?.status === 202) acks.set(id, performance.now())
      if (answer === null) await new Promise((later) => setTimeout(later, 20))
    }
  })
  return {
    acks,
    async stop() {
      state.over = true
      await Promise.all(sending)
    },
  }
}

function post({ address }: Server, id: string): Promise<Response | null> {
  return fetch(`${address}/sources/alertmanager`, { method: 'POST', body: alarm(id) }).catch(() => null)
}

export function alarm(id: string): string {
  const alert = {
    status: 'firing',
    labels: { alertname: `Alarm ${id}`, severity: 'warning', service: 'search' },
    annotations: {},
    startsAt: new Date().toISOString(),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: id,
  }
  const group = { groupKey: id, groupLabels: {}, commonLabels: {}, commonAnnotations: {} }
  const about = { version: '4', status: 'firing', receiver: 'muster', externalURL: '', truncatedAlerts: 0 }
  return JSON.stringify({ ...about, ...group, alerts: [alert] })
}
