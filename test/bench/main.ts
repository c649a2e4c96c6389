import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { browsing } from './browsing.ts'
import { digesting } from './digest.ts'
import { cleanUp, seededFolder } from './folders.ts'
import { history } from './history.ts'
import { importing, ingestion, memory, startToReady } from './house.ts'
import { listening } from './live.ts'
import { agendaAgainstBare, firstRender } from './pages.ts'
import { checkingIn } from './phone.ts'
import { signedInAgainstOpen } from './signed-in.ts'
import { type Figure, tableOf } from './table.ts'

const help = `npm run bench
Measures what the README promises, each figure against its bar, in one run.
  --only PARTS   some of: agenda, render, ingest, start, memory, import, pages, phone, digest, signed-in, history, live
  --rows N       incidents in the long history (1000000)
  --seconds N    how long each load lasts (8)
Example: npm run bench -- --only agenda,render --rows 50000; npm run bench -- pages is short for --only pages.`

const parts = [
  'agenda',
  'render',
  'ingest',
  'start',
  'memory',
  'import',
  'pages',
  'phone',
  'digest',
  'signed-in',
  'history',
  'live',
] as const
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: parts.join(',') },
    rows: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(help)
else
  process.exitCode = await bench(
    positionals.length > 0 ? positionals : values.only.split(','),
    Number(values.rows),
    Number(values.seconds),
  )

async function bench(wanted: readonly string[], rows: number, seconds: number): Promise<number> {
  const strange = wanted.find((part) => !parts.some((known) => known === part))
  if (strange !== undefined || !(rows > 0) || !(seconds > 0)) {
    console.error(help)
    return 2
  }
  const wants = (part: (typeof parts)[number]) => wanted.includes(part)
  const [load = 0] = loadavg()
  if (load > 1)
    console.error(`This machine is busy (load ${load.toFixed(1)}): its milliseconds are worth less than its ratios.`)
  const figures: Figure[] = []
  const tell = (measured: Figure[]) => {
    figures.push(...measured)
    for (const { figure, measured: value } of measured) console.error(`${figure}: ${value}`)
  }
  try {
    if (wants('import')) tell(await importing(20_000))
    if (wants('pages')) tell(await browsing())
    if (wants('phone')) tell(await checkingIn())
    if (wants('digest')) tell(await digesting())
    if (wants('signed-in')) tell(await signedInAgainstOpen())
    if (wants('history')) tell(await history())
    if (wants('live')) tell(await listening())
    if (wants('ingest')) tell(await ingestion(seconds))
    const big = wanted.some((part) => ['agenda', 'render', 'start', 'memory'].includes(part))
      ? await seededFolder(rows)
      : ''
    if (wants('start')) tell(await startToReady(big, rows))
    if (wants('memory')) tell(await memory(big))
    if (wants('render')) tell(await firstRender(big, await seededFolder(Math.min(rows, 10_000)), 200))
    if (wants('agenda')) tell(await agendaAgainstBare(big, seconds))
  } finally {
    await cleanUp()
  }
  console.log(`\n${tableOf(figures)}`)
  return figures.every(({ met }) => met) ? 0 : 1
}
