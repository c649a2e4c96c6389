import { seededFolder, serverOn } from './folders.ts'
import { atMost, type Figure, percentile } from './table.ts'

const rounds = 600
interface Spans {
  open: number[]
  locked: number[]
}

/** The agenda of one who has signed in against that of an open house, the same bytes kept, and the same rendered anew, in turns. */
export async function signedInAgainstOpen(): Promise<Figure[]> {
  const [open, locked] = [await serverOn(await seededFolder(2_000)), await serverOn(await seededFolder(2_000))]
  const cookie = await signInAt(locked.address, locked.said())
  const said = { cookie: 'me=ana@example.com' } // the open one knows by their word who it is: the same page
  const kept = { open: [] as number[], locked: [] as number[] }
  const fresh = { open: [] as number[], locked: [] as number[] }
  for (let turn = -100; turn < rounds; turn++) {
    const [a, b] = [await tookMs(open.address, said), await tookMs(locked.address, { cookie })]
    const isCold = turn % 6 === 0
    const [c, d] = isCold
      ? [await afterChange(open.address, said, turn), await afterChange(locked.address, { cookie }, turn)]
      : [0, 0]
    if (turn < 0) continue // the compiler is still warming up
    kept.open.push(a)
    kept.locked.push(b)
    if (isCold) fresh.open.push(c)
    if (isCold) fresh.locked.push(d)
  }
  await Promise.all([open.stop(), locked.stop()])
  return [
    atMost(`a signed-in page beyond an open one, kept, p50${told(kept)}`, beyond(kept), 1, 'ms'),
    atMost(`a signed-in page beyond an open one, rendered anew, p50${told(fresh)}`, beyond(fresh), 1, 'ms'),
  ]
}

function told({ open, locked }: Spans): string {
  return ` (${percentile(locked, 50).toFixed(1)} to ${percentile(open, 50).toFixed(1)} ms)`
}

function beyond({ open, locked }: Spans): number {
  return Math.max(0, percentile(locked, 50) - percentile(open, 50))
}

async function tookMs(address: string, headers: Record<string, string>): Promise<number> {
  const begun = performance.now()
  const answer = await fetch(address, { headers, redirect: 'manual' })
  await answer.arrayBuffer()
  if (answer.status !== 200) throw new Error(`the agenda answered ${answer.status}`)
  return performance.now() - begun
}

async function afterChange(address: string, headers: Record<string, string>, turn: number): Promise<number> {
  const answer = await fetch(`${address}/incidents/NOW-0/owner`, {
    method: 'POST',
    headers: { origin: address, ...headers },
    body: new URLSearchParams({ owner: `somebody-${turn + 1000}@example.com` }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`assigning answered ${answer.status}`)
  return tookMs(address, headers)
}

async function signInAt(address: string, said: string): Promise<string> {
  const link = /http\S+\/sign-in\/links\/\S+/.exec(said)?.[0] ?? ''
  const answer = await fetch(link, {
    method: 'POST',
    headers: { origin: address },
    body: new URLSearchParams({ name: 'Ana', email: 'ana@example.com' }),
    redirect: 'manual',
  })
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}
