import { anHour } from '../../src/calendar.ts'
import type { ExposureFigure } from '../../src/measures/exposure.ts'
import { spell } from '../figures.ts'

const gates = [
  { hours: 4, who: 'manager' },
  { hours: 24, who: 'director' },
  { hours: 72, who: 'subject line' },
] as const
const wide = 420

/** How old the exposure has grown against 4, 24 and 72 h, which stand as far apart; red once its age has called somebody. */
export function Ages({ figure: { forMs, escalation } }: { figure: ExposureFigure }) {
  const reached = Math.round(placeOf(forMs / anHour) * wide)
  return (
    <svg
      class="ages"
      viewBox={`0 0 ${wide} 64`}
      role="img"
      aria-label={`${spell(forMs)} old, against 4, 24 and 72 hours`}
    >
      <rect class="track" y="20" width={wide} height="14" />
      <rect class={escalation === 'room' ? 'gone room' : 'gone'} y="20" width={reached} height="14" />
      {gates.map(({ hours, who }, index) => (
        <g>
          <path class="gate" d={`M${gateAt(index)} 14V40`} />
          <text x={gateAt(index)} y="10" text-anchor="middle">
            {hours} h
          </text>
          <text class="who" x={gateAt(index)} y="56" text-anchor="middle">
            {who}
          </text>
        </g>
      ))}
    </svg>
  )
}

function gateAt(index: number): number {
  return Math.round(((index + 1) / 3.6) * wide)
}

/** Between two gates time runs evenly; past the last it runs out to the end over another 72 h. */
function placeOf(hours: number): number {
  const marks = [0, ...gates.map((gate) => gate.hours), 144]
  const places = [0, 1 / 3.6, 2 / 3.6, 3 / 3.6, 1]
  const next = Math.max(
    1,
    marks.findIndex((mark) => hours < mark),
  )
  if (hours >= 144) return 1
  const [from = 0, to = 1] = [marks[next - 1], marks[next]]
  const [left = 0, right = 1] = [places[next - 1], places[next]]
  return left + ((hours - from) / (to - from)) * (right - left)
}
