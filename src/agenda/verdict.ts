import type { ExposureFigure } from '../measures/exposure.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { Facts, Incident } from '../record/shapes.ts'
import { isShort } from './exposures.ts'
import { gravestFirst, isGrave, isOpen } from './gravity.ts'
import { levelsOffTrack, type OffTrack } from './service-levels.ts'
import type { Counts, Verdict, VerdictReason } from './shapes.ts'
import { silentClasses, silentSources } from './sources.ts'

interface Weighed {
  exposures: ExposureFigure[]
  levels: LevelFigure[]
  counts: Counts
}

/**
 * The light over the door and its one reason: the first rung of this ladder that holds.
 * Red: a service alone or unproven whose clock climbed past the room, that cannot carry today's peak, or with money at
 * risk and unknown headroom; a sev1 or sev2 open.
 * Amber: any other such service, at once; a level off target, burning, or with a target nobody measures; a source that
 * must speak silent, or nothing ever heard; a letter that did not arrive; an open incident or problem without an owner; an open incident of unknown
 * severity; an action overdue.
 * Green: only lesser incidents open, each with an owner; or quiet. What is unknown is never green.
 */
export function verdictOf(facts: Facts, { exposures, levels, counts }: Weighed): Verdict {
  const pressing = exposures.find(isPressing)
  const grave = facts.incidents
    .filter((incident) => isOpen(incident) && isGrave(incident.severity))
    .toSorted(gravestFirst)
  const ungraded = facts.incidents.filter((incident) => isOpen(incident) && incident.severity === null).length
  const missed = levelsOffTrack(levels).filter(isDue)
  const silent = silentThatMustSpeak(facts)

  if (pressing) return red(exposed(pressing, exposures.length - 1))
  if (grave[0]) return red(graveOpen(grave[0], grave.length - 1))
  if (exposures[0]) return amber(exposed(exposures[0], exposures.length - 1))
  if (missed[0]) return amber(offTrack(missed[0], missed.length - 1))
  if (facts.inputs.every(({ lastHeardAt }) => lastHeardAt === null)) return amber({ kind: 'never heard' })
  if (silent.length > 0) return amber({ kind: 'silent', sources: silent })
  if (facts.undelivered.length > 0) return amber({ kind: 'undelivered', letters: facts.undelivered.length })
  if (counts.incidents.unowned + counts.problems.unowned > 0)
    return amber({ kind: 'unowned', incidents: counts.incidents.unowned, problems: counts.problems.unowned })
  if (ungraded > 0) return amber({ kind: 'severity unknown', incidents: ungraded })
  if (counts.actions.overdue > 0) return amber({ kind: 'overdue', actions: counts.actions.overdue })
  return counts.incidents.open > 0
    ? green({ kind: 'open', incidents: counts.incidents.open })
    : green({ kind: 'quiet' })
}

function red(reason: VerdictReason): Verdict {
  return { level: 'red', reason }
}

function amber(reason: VerdictReason): Verdict {
  return { level: 'amber', reason }
}

function green(reason: VerdictReason): Verdict {
  return { level: 'green', reason }
}

function isPressing(figure: ExposureFigure): boolean {
  const isBlind = figure.valuePerMinute !== null && figure.headroomPoints === null
  return figure.escalation !== 'room' || isShort(figure) || isBlind
}

function exposed({ exposure, carriedBy, headroomPoints }: ExposureFigure, others: number): VerdictReason {
  const { service, since, certain } = exposure
  return certain
    ? { kind: 'alone', service, sites: carriedBy.toSorted(), since, headroomPoints, others }
    : { kind: 'unproven', service, since, others }
}

function graveOpen({ id, title, severity }: Incident, others: number): VerdictReason {
  return { kind: 'grave incident open', severity: severity ?? 'sev1', incidentId: id, title, others }
}

/** One bad day does not light the lamp while the week holds; a level without a target owes nobody a measurement. */
function isDue({ level, reason }: OffTrack): boolean {
  return level.objective !== null && !(reason.kind === 'off target' && reason.days === 1)
}

function offTrack({ reason }: OffTrack, others: number): VerdictReason {
  return reason.kind === 'not measured'
    ? { kind: 'not measured', service: reason.service, others }
    : { kind: 'off target', service: reason.service, measured: reason.measured, objective: reason.objective, others }
}

/**
 * Each source past its limit. Of the classes only machines must speak: alerts always, service levels once they have
 * begun. That no customer complained for a week is told among the sources, but lights no lamp.
 */
function silentThatMustSpeak(facts: Facts): string[] {
  const machines = silentClasses(facts).filter(
    (input) => input.class === 'automated' || (input.class === 'service-level' && input.lastHeardAt !== null),
  )
  const unheard = facts.inputs.filter(
    (input) => input.class === 'automated' && input.lastHeardAt === null && !input.silent,
  )
  return [...silentSources(facts).map(({ name }) => name), ...[...machines, ...unheard].map((input) => input.class)]
}
