import type { Severity } from '../record/schema.ts'

/** What is gone through for an incident, by its weight; and for the meeting itself (S39). */
export function stepsFor(severity: Severity | null, customerMinutes: number | null): readonly string[] {
  if (severity === 'sev1' || severity === 'sev2') return graveSteps
  return customerMinutes === 0 ? nearMissSteps : lesserSteps
}

const graveSteps = [
  'Lock deploys',
  'Update the status page',
  'Can we roll back?',
  'Name an outage manager',
  'Tell support what to say',
]
const lesserSteps = ['Can we roll back?', 'Does support know?']
const nearMissSteps = ['What would have stopped it?', 'Who else runs the same?']

export const meetingSteps: readonly string[] = [
  'Phones have joined',
  'Every silent feed has somebody who asks after it',
  'Decisions were read back',
  'The minutes name who was missing',
]
