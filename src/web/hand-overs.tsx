import type { Context } from 'hono'
import { HandOverPage, HandOversPage } from '../../views/hand-over.tsx'
import { paths } from '../../views/paths.ts'
import { type Answering, accept, giveBack } from '../meeting/hand-over.ts'
import { findHandOver, type HandOver, handOversTo } from '../record/hand-overs.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { missing } from './wanting.ts'

type Deed = (c: Context<Env>, handOver: HandOver) => Promise<Response>
const on = (deed: Deed) => found((c, id) => findHandOver(c.var.db, id), deed)

export const handOvers = factory
  .createApp()
  .get('/', async (c) => {
    const waiting = await handOversTo(c.var.db, c.var.by)
    return show(c, <HandOversPage around={await around(c)} handOvers={waiting} />)
  })
  .get('/:id', ...on(async (c, handOver) => show(c, <HandOverPage around={await around(c)} handOver={handOver} />)))
  .post('/:id/acceptance', ...on(async (c, given) => answered(c, given, await accept(c.var.db, given, voice(c)))))
  .post('/:id/return', ...on(giveItBack))

async function giveItBack(c: Context<Env>, given: HandOver): Promise<Response> {
  const { why } = await words(c)
  if (!why) return missing(c, 'why', 'Say why you cannot')
  return answered(c, given, await giveBack(c.var.db, given, { ...voice(c), why }))
}

function answered(c: Context<Env>, { id, toId }: HandOver, { outcome }: Answering): Promise<Response> {
  switch (outcome) {
    case 'answered':
      return answer(c, paths.handOver(id))
    case 'answered already':
      return refuse(c, 409, { title: 'It was answered already', mend: `See ${paths.handOver(id)}` })
    case 'not theirs':
      return refuse(c, 403, { title: 'Only whom it was given to can answer', mend: `Ask ${toId}` })
  }
}
