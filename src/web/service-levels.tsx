import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { ServicePage } from '../../views/service.tsx'
import { aDay, addDays, dayOf } from '../calendar.ts'
import { ofService } from '../measures/availability.ts'
import { type LevelFigure, levelFigures } from '../measures/service-level.ts'
import { say } from '../meeting/say.ts'
import { incidentsAsTheyStood } from '../record/as-they-stood.ts'
import { changesBefore } from '../record/changes.ts'
import { incidentsOfService, sitesOf } from '../record/details.ts'
import { exposuresOf } from '../record/exposures.ts'
import { levelDays } from '../record/service-levels.ts'
import { allServices } from '../record/services.ts'
import type { Service } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { missing } from './wanting.ts'

export const serviceLevels = factory
  .createApp()
  .get('/', ...list('service-levels'))
  .get('/:service', page)
  .post('/:service/team', owningTeam)

async function page(c: Context<Env>): Promise<Response> {
  const { db, asOf, settings } = c.var
  const { zone } = settings.rhythm
  const id = c.req.param('service') ?? ''
  const today = dayOf(asOf, zone)
  const [surroundings, services, everyDay, days, incidents, changes, exposures, sites] = await Promise.all([
    around(c),
    allServices(db),
    levelDays(db, { from: addDays(today, -31), to: addDays(today, -1) }),
    levelDays(db, { from: addDays(today, -90), to: addDays(today, -1), service: id }),
    incidentsOfService(db, id, { from: new Date(asOf.getTime() - 90 * aDay), to: asOf }).then((rows) =>
      incidentsAsTheyStood(db, rows, asOf),
    ),
    changesBefore(db, { service: id, at: asOf, limit: 30 }),
    exposuresOf(db, id, asOf),
    sitesOf(db, id, asOf),
  ])
  const known = services.find((service) => service.id === id)
  if (!known && [days, incidents, changes, sites].every((rows) => rows.length === 0)) return c.notFound()

  const figures = levelFigures(everyDay, { asOf, zone, services })
  return show(
    c,
    <ServicePage
      around={surroundings}
      service={known ?? undescribed(id)}
      levels={figures.filter(({ service }) => service === id)}
      {...{ days, incidents, changes, exposures, sites }}
      {...chainOf(id, services, figures)}
      opened={openedBy(c)}
    />,
  )
}

/** Which team owns it. */
async function owningTeam(c: Context<Env>): Promise<Response> {
  const { team } = await words(c)
  if (!team) return missing(c, 'team', 'Name the team that owns it')

  const id = c.req.param('service') ?? ''
  const known = (await allServices(c.var.db)).find((service) => service.id === id) ?? undescribed(id)
  await say(c.var.db, [{ kind: 'service', ...known, needs: null, team }], voice(c))
  return answer(c, paths.service(id))
}

/** `?indicator=availability&days=7` asks for the days of that percentage. */
function openedBy(c: Context<Env>): { indicator: string; span: number } | null {
  const { indicator, days } = c.req.query()
  const span = Number(days)
  return indicator && [1, 7, 30, 90].includes(span) ? { indicator, span } : null
}

// It was only ever mentioned: by an incident, a change, a level.
function undescribed(id: string): Service {
  return { id, tier: null, objective: null, sitesRequired: null, team: null, needs: [] }
}

function chainOf(id: string, services: Service[], figures: LevelFigure[]) {
  const availabilities = new Map(services.map((service) => [service.id, shareOf(service.id, figures)]))
  const needs = services.find((service) => service.id === id)?.needs ?? []
  const whole = ofService(id, { services, availabilities })
  return {
    chain: needs.map((need) => ({ ...need, percent: inPercent(availabilities.get(need.needs) ?? null) })),
    chainPercent: inPercent(whole),
  }
}

/** Its month, 0..1: availability where that is measured, else the worst of what is. */
function shareOf(id: string, figures: LevelFigure[]): number | null {
  const own = figures.filter(({ service, month }) => service === id && month.percent !== null)
  const availability = own.find(({ indicator }) => indicator === 'availability')
  const percents = (availability ? [availability] : own).map(({ month }) => month.percent ?? 0)
  return percents.length === 0 ? null : Math.min(...percents) / 100
}

function inPercent(share: number | null): number | null {
  return share === null ? null : share * 100
}
