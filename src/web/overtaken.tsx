import type { Context } from 'hono'
import { type Overtaken, OvertakenPage } from '../../views/overtaken.tsx'
import { show } from './answer.ts'
import { around } from './around.ts'
import { forMachines, problem } from './faults.tsx'
import type { Env } from './house.ts'

/** A field as its form was made, as it stands now, and as it is wanted. seen undefined = the form does not say. */
export interface Version {
  seen: string | undefined
  stands: string
  wanted: string
}

/** Whether somebody decided otherwise since the form was made. What is wanted and stands already is no quarrel. */
export function isOvertaken({ seen, stands, wanted }: Version): boolean {
  return seen !== undefined && seen !== stands && wanted !== stands
}

/** 409 with both versions; the form again, knowing what stands now. */
export async function tellOvertaken(c: Context<Env>, overtaken: Overtaken): Promise<Response> {
  const { what, stands, wanted } = overtaken
  if (forMachines(c)) {
    const mend = `It stands at ${stands}; you wanted ${wanted}. Send it again with what stands as \`seen\``
    return problem(c, 409, { title: `Somebody else was quicker with ${what}`, mend, about: { stands, wanted } })
  }
  c.status(409)
  return show(c, <OvertakenPage around={await around(c)} overtaken={overtaken} />)
}
