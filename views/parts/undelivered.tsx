import type { Agenda } from '../../src/agenda/shapes.ts'
import { counted } from '../figures.ts'
import { paths } from '../paths.ts'
import { Mark } from './marks.tsx'

/** That a letter of last time did not arrive: on the first thing that is seen of a morning, whatever else it is about. */
export function Undelivered({ agenda }: { agenda: Agenda }) {
  const lost = agenda.sections.flatMap(({ items }) => items.filter(({ reason }) => reason.kind === 'undelivered'))
  return lost.length === 0 ? null : (
    <p class="text-red clamp">
      <Mark tone="red" /> <a href={paths.letters}>{counted(lost.length, 'letter')} did not arrive</a>
    </p>
  )
}
