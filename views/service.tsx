import type { LevelFigure } from '../src/measures/service-level.ts'
import type { Change, Exposure, Incident, LevelDay, Service, SiteStanding } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { objectiveWords, percent, type Reading, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { LevelBlock, type OpenedDays } from './parts/levels.tsx'
import { Mark } from './parts/marks.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { ChangeRows, IncidentRows } from './parts/rows.tsx'
import { Sites } from './parts/sites.tsx'
import { deeds, paths } from './paths.ts'

export interface ServicePageProps {
  around: Around
  service: Service
  levels: LevelFigure[] // of this service
  days: LevelDay[] // up to 90 days of it, oldest first
  incidents: Incident[] // of the last 90 days, newest first
  changes: Change[] // newest first, a screenful
  exposures: Exposure[] // newest first
  sites: SiteStanding[] // as they stand
  chain: ChainLink[] // what it needs (S19)
  chainPercent: number | null // the product over the chain, 30 days; null = unknown
  opened: OpenedDays | null // the days of which percentage are asked for
}

/** One thing the service needs; members of one group stand in for each other. percent = its 30 days, null = unknown. */
export interface ChainLink {
  needs: string
  group: string
  percent: number | null
}

export function ServicePage(props: ServicePageProps) {
  const { around, service, levels, days, incidents, changes, exposures, sites } = props
  const reading = readingAt(around)
  return (
    <Layout around={around} title={service.id} charts={days.length > 1}>
      <main id="page">
        <PageHead kicker="Service" title={service.id}>
          <p class="lead">{standing(service)}</p>
        </PageHead>
        <div class="two-columns">
          <div class="stack">
            {levels.length === 0 && (
              <Block title="Service levels">
                <p>
                  Nobody has told how well it serves. Import its days:{' '}
                  <code>npm run import -- service-levels FILE.csv</code>
                </p>
              </Block>
            )}
            {levels.map((level) => (
              <LevelBlock
                level={level}
                days={days.filter(({ indicator }) => indicator === level.indicator)}
                incidents={incidents}
                opened={props.opened}
                asOf={reading.asOf}
              />
            ))}
            <Block title="Incidents, 90 days">
              {incidents.length === 0 ? (
                <p>None is on the record.</p>
              ) : (
                <IncidentRows incidents={incidents.slice(0, 30)} people={around.people} reading={reading} />
              )}
            </Block>
          </div>
          <div class="stack">
            <Block title="Its sites">
              {sites.length === 0 ? (
                <p>It has named no site: nobody knows on how many legs it stands.</p>
              ) : (
                <Sites service={service.id} sites={sites} />
              )}
              <ExposureLines exposures={exposures} reading={reading} />
            </Block>
            <Block title="What it needs">
              <Chain {...props} />
            </Block>
            {around.may(deeds.service.team(service.id)) && (
              <Block title="Whose it is">
                <Form around={around} action={deeds.service.team(service.id)}>
                  <Field label="Team" name="team" value={service.team ?? ''} required />
                  <button type="submit">It is theirs</button>
                </Form>
              </Block>
            )}
            <Block title="Latest changes">
              {changes.length === 0 ? <p>No change is known.</p> : <ChangeRows changes={changes} reading={reading} />}
            </Block>
          </div>
        </div>
      </main>
    </Layout>
  )
}

function standing({ tier, objective, sitesRequired, team }: Service): string {
  return [
    tier ?? 'tier not agreed',
    objective === null ? 'no objective agreed' : `objective ${objectiveWords(objective)}`,
    `must stand on ${sitesRequired ?? 2} sites`,
    ...(team ? [`team ${team}`] : []),
  ].join(' · ')
}

function ExposureLines({ exposures, reading }: { exposures: Exposure[]; reading: Reading }) {
  return (
    <ul>
      {exposures.slice(0, 8).map(({ id, since, until }) => (
        <li>
          <Mark tone={until ? 'plain' : 'red'} />{' '}
          <a href={paths.exposure(id)}>
            {until ? `Alone ${when(since, reading)}` : `Alone since ${when(since, reading)}`}
          </a>
          , for {spell((until ?? reading.asOf).getTime() - since.getTime())}
        </li>
      ))}
    </ul>
  )
}

/** S19: a required chain multiplies; members of one group stand in for each other. */
function Chain({ service, chain, chainPercent }: ServicePageProps) {
  if (chain.length === 0) return <p>It is not known to need another service.</p>

  return (
    <>
      <Pairs
        pairs={chain.map(
          (link) =>
            [
              link.group ? `one of ${link.group}` : 'always',
              <>
                <a href={paths.service(link.needs)}>{link.needs}</a>{' '}
                {link.percent === null ? 'unknown' : percent(link.percent)}
              </>,
            ] as const,
        )}
      />
      <p>
        All it needs together: <b>{chainPercent === null ? 'unknown' : percent(chainPercent)}</b>. {service.id} cannot
        be better than that.
      </p>
    </>
  )
}
