import { createRequire } from 'node:module'
import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { Chart, type ChartConfiguration } from 'chart.js/auto'
import { chartConfiguration, type Drawing } from '../../views/chart-configuration.ts'
import { pictureInks, pictureSize } from '../../views/mail-style.ts'
import { indexedPng } from './indexed-png.ts'

// usage: JSON of drawings. Says them as JSON of PNGs in base64, each twice as fine as it is shown.
const fineness = 2
const [asked = '[]'] = process.argv.slice(2)

GlobalFonts.registerFromPath(
  createRequire(import.meta.url).resolve('@fontsource/b612/files/b612-latin-400-normal.woff2'),
  'B612',
)
Chart.defaults.font = { ...Chart.defaults.font, family: 'B612', size: 14 }
const drawings = JSON.parse(asked) as Drawing[] // it is this program's own
process.stdout.write(JSON.stringify(drawings.map((drawing) => picture(drawing).toString('base64'))))

type Drawn = ConstructorParameters<typeof Chart>[0]

function picture(drawing: Drawing): Buffer {
  const canvas = createCanvas(pictureSize.width, pictureSize.height)
  const chart = new Chart(canvas as unknown as Drawn, configurationOf(drawing)) // it has all of one that is drawn on
  const { width, height } = canvas
  const { data: bytes } = canvas.getContext('2d').getImageData(0, 0, width, height)
  chart.destroy()
  return indexedPng({ width, height, bytes })
}

/** With our inks for the names of theirs, once and still, on paper of its own: a dark screen leaves it as it is. */
function configurationOf(drawing: Drawing): ChartConfiguration {
  const configuration = JSON.parse(JSON.stringify(chartConfiguration(drawing)), inked) as ChartConfiguration
  return {
    ...configuration,
    options: { ...configuration.options, responsive: false, devicePixelRatio: fineness, layout: { padding: 8 } },
    plugins: [{ id: 'paper', beforeDraw: layPaper }],
  }
}

function inked(key: string, value: unknown): unknown {
  return /color$/i.test(key) ? (pictureInks[value as keyof typeof pictureInks] ?? value) : value
}

function layPaper({ ctx, width, height }: Chart): void {
  ctx.fillStyle = pictureInks.paper
  ctx.fillRect(0, 0, width, height)
}
