/** What the meeting is about: whoever holds it may turn it back. */
const ofTheMeeting: ReadonlySet<string> = new Set([
  ...['incidents', 'incident_events', 'incident_problems', 'problems', 'problem_events', 'actions', 'action_events'],
  ...['changes', 'change_events', 'exposures', 'exposure_events', 'site_events', 'service_levels'],
  ...['complaints', 'forecasts', 'planned_events', 'meeting_events', 'hand_overs'],
])

/**
 * Tables whose past every reader may read. The rest is for administrators: who came in and by what, what was written to whom,
 * how tools are read and what opens their doors.
 */
export const forEveryReader: readonly string[] = [
  ...ofTheMeeting,
  ...['people', 'services', 'needs', 'meetings', 'corrections', 'snapshots', 'level_reports', 'postmortems_due'],
  ...['problem_lists', 'look_back_figures', 'drills', 'record'],
]

export function isOfTheMeeting(table: string): boolean {
  return ofTheMeeting.has(table)
}
