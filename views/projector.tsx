import type { Agenda } from '../src/agenda/shapes.ts'
import { clockTime, dateWords } from '../src/calendar.ts'
import type { Facts } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { type Reading, windowWords } from './figures.ts'
import { Layout } from './layout.tsx'
import { topicTitle } from './names.ts'
import { Keys, wallKeys } from './parts/keys.tsx'
import { Light } from './parts/marks.tsx'
import { QuietScreen, RowsScreen, ZoomScreen } from './parts/screens.tsx'
import { FrontScreen } from './parts/wall-front.tsx'
import { paths, withWords } from './paths.ts'
import { type Screen, screenAt, screensOf, shortTally, tallyWords } from './screens.ts'

export interface ProjectorPageProps {
  around: Around
  agenda: Agenda
  facts: Facts
  screen: string // ?screen= of the address, '' = the first; unknown ones show the first
}

/** One section a screen, each an address of its own: links step without a script, keys step with it, nothing ever scrolls. */
export function ProjectorPage({ around, agenda, facts, screen: asked }: ProjectorPageProps) {
  const reading = { asOf: agenda.asOf, zone: agenda.zone }
  const screens = screensOf(agenda)
  const screen = screenAt(screens, asked)
  const place = screens.findIndex(({ name }) => name === screen.name.split('/')[0])
  const to = (name: string | undefined) => withWords(paths.projector(agenda.meetingDay), { screen: name })
  return (
    <Layout
      around={around}
      title={`${dateWords(agenda.meetingDay)} on the wall`}
      kind="projector"
      plain
      refreshSeconds={30}
      live
      meeting
    >
      <main id="page" hx-get={to(screen.name)} hx-trigger="morning from:body, every 60s" hx-nonce={around.nonce}>
        <header class="wall-head">
          <Light level={agenda.verdict.level} />
          <h1>{screen.topic ? topicTitle(screen.topic) : dateWords(agenda.meetingDay)}</h1>
          {screen.topic ? (
            <p class="tally">{tallyOf(screen, agenda)}</p>
          ) : (
            <p class="tally">{windowWords(agenda.window, agenda.zone)}</p>
          )}
          <time class="clock" {...(!around.frozen && { 'data-clock': agenda.zone })}>
            {clockTime(around.now, agenda.zone)}
          </time>
        </header>
        <ScreenBody screen={screen} agenda={agenda} facts={facts} reading={reading} to={to} />
        <footer class="wall-foot">
          <nav aria-label="Screens">
            <a href={to(screens[0]?.name)} data-key="Home" aria-current={place === 0 ? 'page' : undefined}>
              Front
            </a>
            {agenda.sections.map((section, index) => (
              <a
                href={to(section.topic)}
                data-key={(index + 1) % 10}
                aria-current={screen.topic === section.topic ? 'page' : undefined}
                class={section.items.length === 0 ? 'none' : undefined}
              >
                <small>{(index + 1) % 10}</small> <span class="unseen">{topicTitle(section.topic)}</span>
                <b>{shortTally(section, agenda.counts)}</b>
              </a>
            ))}
          </nav>
          <p class="lost" data-lost hidden>
            No answer: what stands here is from {clockTime(agenda.asOf, agenda.zone)}
          </p>
          <p class="stamp">as of {clockTime(agenda.asOf, agenda.zone)}</p>
          <a
            class="step"
            rel="prev"
            href={to(screens[(place + screens.length - 1) % screens.length]?.name)}
            aria-label="Previous screen"
          >
            ‹
          </a>
          <a class="step" rel="next" href={to(screens[(place + 1) % screens.length]?.name)} aria-label="Next screen">
            ›
          </a>
        </footer>
      </main>
      <Keys keys={wallKeys} />
    </Layout>
  )
}

function tallyOf({ section, page, pages }: Screen, { counts }: Agenda): string {
  const place = pages > 1 ? `${page}/${pages} · ` : ''
  return section ? `${place}${tallyWords(section, counts)}` : ''
}

interface ScreenBodyProps {
  screen: Screen
  agenda: Agenda
  facts: Facts
  reading: Reading
  to: (name: string | undefined) => string
}

function ScreenBody({ screen, agenda, facts, reading, to }: ScreenBodyProps) {
  if (screen.topic === null) return <FrontScreen agenda={agenda} facts={facts} reading={reading} />
  if (screen.zoomed)
    return (
      <ZoomScreen
        item={screen.zoomed}
        agenda={agenda}
        facts={facts}
        reading={reading}
        back={to(screen.name.split('/')[0])}
      />
    )
  if (screen.items.length === 0) return <QuietScreen section={screen.section} reading={reading} />
  return <RowsScreen screen={screen} facts={facts} reading={reading} to={to} />
}
