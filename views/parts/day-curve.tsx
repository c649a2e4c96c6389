import { clockTime, dayBounds, dayOf } from '../../src/calendar.ts'
import type { ExposureFigure } from '../../src/measures/exposure.ts'
import type { PlannedEvent } from '../../src/record/shapes.ts'
import type { Reading } from '../figures.ts'

const wide = 420
const tall = 150
const foot = 170

/** What is left of the service's capacity over today's hours, and what is expected to want it: the part above the line is what it lacks. */
export function DayCurve({ figure, reading }: { figure: ExposureFigure; reading: Reading }) {
  const { remainingPercent, exposure } = figure
  const known = exposure.peaks.filter((peak) => peak.peakPercent !== null)
  const top = Math.max(100, remainingPercent ?? 0, ...known.map((peak) => peak.peakPercent ?? 0)) * 1.3
  const scale = dayScale(reading, top)
  const line = remainingPercent === null ? 0 : scale.y(remainingPercent) // what is unknown is not lacking
  return (
    <svg class="day-curve" viewBox={`0 0 ${wide} 200`} role="img" aria-label={curveInWords(figure, reading)}>
      {[0, 6, 12, 18, 24].map((hour) => (
        <g class="hour">
          <path d={`M${scale.atHour(hour)} ${foot - tall}V${foot}`} />
          <text
            x={scale.atHour(hour)}
            y={foot + 18}
            text-anchor={hour === 0 ? 'start' : hour === 24 ? 'end' : 'middle'}
          >
            {hour} h
          </text>
        </g>
      ))}
      {remainingPercent !== null && <rect class="left" x={0} y={line} width={wide} height={foot - line} />}
      {known.map((peak) => (
        <Peak peak={peak} scale={scale} line={line} />
      ))}
      <path class="ground" d={`M0 ${foot}H${wide}`} />
      {remainingPercent === null ? (
        <text class="limit-name" x={4} y={foot - 8}>
          capacity unknown
        </text>
      ) : (
        <>
          <path class="limit" d={`M0 ${line}H${wide}`} />
          <text class="limit-name" x={4} y={line - 6}>
            {Math.round(remainingPercent)} % left
          </text>
        </>
      )}
      <path class="now" d={`M${scale.x(reading.asOf)} ${foot - tall}V${foot}`} />
      <text class="now-name" x={scale.x(reading.asOf)} y={foot - tall - 6} text-anchor="middle">
        now
      </text>
    </svg>
  )
}

interface Scale {
  x(at: Date): number
  y(percent: number): number
  atHour(hour: number): number
}

function Peak({ peak, scale, line }: { peak: PlannedEvent; scale: Scale; line: number }) {
  const [left, end, height] = [scale.x(peak.from), scale.x(peak.to), scale.y(peak.peakPercent ?? 0)]
  const breadth = Math.max(end - left, 4)
  const words = `${short(peak.title)} ${Math.round(peak.peakPercent ?? 0)} %`
  const place = placeOf(left, left + breadth, words.length * 14) // as broad as it gets, on the wall
  return (
    <g>
      <rect class="wanted" x={left} y={Math.max(height, line)} width={breadth} height={foot - Math.max(height, line)} />
      {height < line && <rect class="lacking" x={left} y={height} width={breadth} height={line - height} />}
      <text class="lacks" x={place.x} y={height - 6} text-anchor={place.anchor}>
        {words}
      </text>
    </g>
  )
}

/** Where words above a block stay within the picture: from its left, else up to its right, else across the middle. */
function placeOf(left: number, right: number, breadth: number): { x: number; anchor: 'start' | 'end' | 'middle' } {
  if (left + breadth <= wide) return { x: left, anchor: 'start' }
  return right >= breadth ? { x: right, anchor: 'end' } : { x: wide / 2, anchor: 'middle' }
}

function short(title: string): string {
  return title.length > 18 ? `${title.slice(0, 17)}…` : title
}

function dayScale({ asOf, zone }: Reading, top: number): Scale {
  const { from, to } = dayBounds(dayOf(asOf, zone), zone)
  const span = to.getTime() - from.getTime()
  const within = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * wide)
  return {
    x: (at) => within((at.getTime() - from.getTime()) / span),
    y: (percent) => Math.round(foot - (percent / top) * tall),
    atHour: (hour) => within(hour / 24),
  }
}

function curveInWords({ remainingPercent, exposure }: ExposureFigure, { zone }: Reading): string {
  const left =
    remainingPercent === null ? 'Capacity left is unknown' : `Capacity left: ${Math.round(remainingPercent)} %`
  const wanted = exposure.peaks.map(
    ({ title, from, to, peakPercent }) =>
      `${title} from ${clockTime(from, zone)} to ${clockTime(to, zone)} wants ${peakPercent === null ? 'an unknown share' : `${Math.round(peakPercent)} %`}`,
  )
  return [left, ...(wanted.length > 0 ? wanted : ['No peak is forecast for today'])].join('. ')
}
