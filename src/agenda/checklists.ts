import type { Severity } from '../record/schema.ts'
import type { ScreenName } from './score.ts'

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

/** What the meeting itself goes through, each step on the screen where it is done. */
export const meetingSteps: readonly { step: string; screen: ScreenName }[] = [
  { step: 'Phones have joined', screen: 'roll-call' },
  { step: 'Somebody asks after each silent feed', screen: 'roll-call' },
  { step: 'Decisions were read back', screen: 'read-back' },
  { step: 'The minutes name who was missing', screen: 'close' },
]

/** The steps of a screen; at the close all that is still open besides. */
export function stepsAt(here: ScreenName, ticked: readonly { step: string }[]): readonly string[] {
  const isDone = (step: string) => ticked.some((tick) => tick.step === step)
  return meetingSteps
    .filter(({ step, screen }) => screen === here || (here === 'close' && !isDone(step)))
    .map(({ step }) => step)
}
