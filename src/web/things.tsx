import type { Context } from 'hono'
import { paths } from '../../views/paths.ts'
import { ThingPage } from '../../views/thing.tsx'
import { say } from '../meeting/say.ts'
import { findComplaint, findForecast, findPlannedEvent } from '../record/details.ts'
import { findIncident } from '../record/incidents.ts'
import { incidentsOfMorning } from '../record/morning.ts'
import type { Complaint } from '../record/shapes.ts'
import { answer, show, voice, words } from './answer.ts'
import { around } from './around.ts'
import { tellComplaint } from './by-hand.tsx'
import { found } from './found.ts'
import { type Env, factory } from './house.ts'
import { list } from './lists.tsx'
import { windowAt } from './mornings.tsx'
import { missing, unfit } from './wanting.ts'

const theComplaint = (c: Context<Env>, id: string) => findComplaint(c.var.db, id)

export const complaints = factory
  .createApp()
  .get('/', ...list('complaints'))
  .post('/', ...tellComplaint)
  .get('/:id', ...found(theComplaint, complaintPage))
  .post('/:id/incident', ...found(theComplaint, link))

export const forecasts = factory
  .createApp()
  .get('/', ...list('forecasts'))
  .get('/events/:id', ...found((c, id) => findPlannedEvent(c.var.db, id), plannedEventPage))
  .get('/:id', ...found((c, id) => findForecast(c.var.db, id), forecastPage))

async function complaintPage(c: Context<Env>, complaint: Complaint): Promise<Response> {
  const { db, asOf } = c.var
  const incidents = await incidentsOfMorning(db, await windowAt(c, asOf), asOf)
  const lines = [
    { label: 'When', value: complaint.at },
    { label: 'From', value: complaint.class },
    serviceLine(complaint.service),
    { label: 'How many', value: complaint.count },
    { label: 'Told by', value: complaint.by || null },
    {
      label: 'Incident',
      value: complaint.incidentId,
      ...(complaint.incidentId && { href: paths.incident(complaint.incidentId) }),
    },
  ]
  const linkable = { complaintId: complaint.id, incidents: incidents.map(({ id, title }) => ({ id, title })) }
  return show(
    c,
    <ThingPage around={await around(c)} kind="Complaint" title={complaint.text} lines={lines} linkable={linkable} />,
  )
}

/** Links it to the incident that it complains about. */
async function link(c: Context<Env>, complaint: Complaint): Promise<Response> {
  const { incident } = await words(c)
  if (!incident) return missing(c, 'incident', 'Choose the incident it is about')
  if (!(await findIncident(c.var.db, incident, c.var.asOf)))
    return unfit(c, { field: 'incident', fault: `there is no incident ${incident}`, mend: 'Choose one of the list' })

  const { id, at, text, service, class: told, count } = complaint
  await say(
    c.var.db,
    [{ kind: 'complaint', id, at, text, service, class: told, count, incidentId: incident, by: complaint.by }],
    voice(c),
  )
  return answer(c, paths.complaint(id))
}

type Found<Find extends (...words: never[]) => Promise<unknown>> = NonNullable<Awaited<ReturnType<Find>>>

async function forecastPage(c: Context<Env>, forecast: Found<typeof findForecast>): Promise<Response> {
  const lines = [
    { label: 'Due', value: forecast.dueAt },
    { label: 'Made', value: forecast.madeAt },
    serviceLine(forecast.service),
    { label: 'Confidence', value: forecast.confidence },
  ]
  return show(c, <ThingPage around={await around(c)} kind="Forecast" title={forecast.what} lines={lines} />)
}

async function plannedEventPage(c: Context<Env>, event: Found<typeof findPlannedEvent>): Promise<Response> {
  const lines = [
    { label: 'From', value: event.from },
    { label: 'To', value: event.to },
    serviceLine(event.service),
    { label: 'Peak, percent of capacity', value: event.peakPercent },
    { label: 'Value a minute', value: event.valuePerMinute },
    { label: 'Currency', value: event.currency },
  ]
  return show(c, <ThingPage around={await around(c)} kind="Planned event" title={event.title} lines={lines} />)
}

function serviceLine(service: string | null) {
  return { label: 'Service', value: service, ...(service !== null && { href: paths.service(service) }) }
}
