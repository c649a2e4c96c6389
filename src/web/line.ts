/** Where what is said is written to: a socket, as far as the line needs one. */
export interface Wire {
  write(bytes: Uint8Array): unknown
  readonly writableLength: number
  destroy(): unknown
}
/** Who listens, from where on, and about which meeting day ('' = any). */
export interface Listener {
  wire: Wire
  since: string // the last id they heard; '' = none
  day: string
}
/** What is told to all who listen, in order. It says that something changed, never what: pages are asked for by those who may. */
export interface Line {
  /** Told what was said since; then everything, until the returned function is called. */
  join(listener: Listener): () => void
  /** Kept for those who come back, under an id of its own. */
  say(event: 'morning' | 'screen', day: string): void
  /** The id of what was said last. */
  position(): string
  listeners(): number
  /** Hangs up on everybody. */
  close(): void
}

interface Frame {
  number: number
  day: string
  bytes: Uint8Array
}

const framesKept = 256
/** Who has not taken that many bytes off our hands is not waited for. */
const mostUnread = 64 * 1024
const heartbeatMs = 15_000
const presenceMs = 1_000

/**
 * Server-sent events to many: each frame is encoded once and the same bytes go to every wire. `boot` tells the ids of this run
 * from those of another. Whoever heard of a frame that is no longer kept, or of another run, is told that all may have changed.
 */
export function openLine(boot: string): Line {
  const wires = new Map<Wire, string>()
  const ring: Frame[] = []
  const beat = { timer: null as NodeJS.Timeout | null, presence: null as NodeJS.Timeout | null, last: 0 }

  function send(wire: Wire, bytes: Uint8Array): void {
    if (wire.writableLength > mostUnread) wire.destroy()
    else wire.write(bytes)
  }
  function tellAll(bytes: Uint8Array, day = ''): void {
    for (const [wire, wanted] of wires) if (day === '' || wanted === '' || wanted === day) send(wire, bytes)
  }
  function tellPresence(): void {
    beat.presence ??= setTimeout(() => {
      beat.presence = null
      tellAll(frame({ event: 'presence', data: { here: wires.size } }))
    }, presenceMs).unref()
  }
  function leave(wire: Wire): void {
    if (!wires.delete(wire)) return
    if (wires.size > 0) tellPresence()
    else fallSilent()
  }
  function fallSilent(): void {
    if (beat.timer) clearInterval(beat.timer)
    if (beat.presence) clearTimeout(beat.presence)
    Object.assign(beat, { timer: null, presence: null })
  }
  function missedBy({ since, day }: Listener): Uint8Array {
    const [run, heard] = since.split('.')
    const oldest = ring[0]?.number ?? beat.last + 1
    const isKnown = run === boot && Number(heard) >= oldest - 1 && Number(heard) <= beat.last
    if (!isKnown) return frame({ id: `${boot}.${beat.last}`, event: since === '' ? 'here' : 'morning', data: {} })

    const missed = ring.filter((one) => one.number > Number(heard) && (day === '' || one.day === day))
    return Buffer.concat([frame({ id: since, event: 'here', data: {} }), ...missed.map(({ bytes }) => bytes)])
  }

  return {
    join(listener) {
      const { wire, day } = listener
      wires.set(wire, day)
      send(wire, hello)
      send(wire, missedBy(listener))
      beat.timer ??= setInterval(() => tellAll(heartbeat), heartbeatMs).unref()
      tellPresence()
      return () => leave(wire)
    },
    say(event, day) {
      beat.last += 1
      const said = {
        number: beat.last,
        day,
        bytes: frame({ id: `${boot}.${beat.last}`, event, data: { day } }),
      }
      ring.push(said)
      if (ring.length > framesKept) ring.shift()
      tellAll(said.bytes, day)
    },
    position: () => `${boot}.${beat.last}`,
    listeners: () => wires.size,
    close() {
      for (const wire of [...wires.keys()]) {
        wire.destroy()
        leave(wire)
      }
    },
  }
}

const hello = Buffer.from('retry: 1000\n\n')
const heartbeat = Buffer.from(':\n\n')

function frame({ id, event, data }: { id?: string; event: string; data: object }): Uint8Array {
  return Buffer.from(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
