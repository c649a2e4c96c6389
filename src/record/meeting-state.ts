import type { meetingEvents } from './schema.ts'

export type MeetingEvent = typeof meetingEvents.$inferSelect
export const meetingEventKinds = [
  'facilitator', // value: the person
  'scribe', // value: the person
  'join-code', // value: the code
  'came', // value: the person; why: what they tell in writing, '' = they are here
  'left', // value: the person
  'screen', // value: the screen, views/paths.ts
  'parked', // value: a subject key; why
  'taken-up', // value: a subject key
  'extended', // value: the screen; why: the how-manieth time
  'raised', // value: the text
  'challenged', // value: what was said; why: what it challenges
  'answered', // value: the number of what was raised or challenged; why: the answer
  'note', // value: the text
  'checked', // value: the step of the checklist
  'skipped', // value: the step; why
  'deep-dive', // value: the service
  'remark', // value: what the minutes should have said, after the close
] as const
export type MeetingEventKind = (typeof meetingEventKinds)[number]

export interface MeetingState {
  facilitatorId: string | null
  scribeId: string | null
  joinCode: string | null
  screen: string // '' = before the first
  visits: Visit[] // oldest first; the last one is under way
  attendance: Attendance[]
  parked: Parked[]
  takenUp: string[] // subject keys
  raised: Raised[]
  notes: Said[]
  ticks: Tick[]
  deepDive: string | null
  remarks: Said[]
}
export interface Visit {
  screen: string
  from: Date
  to: Date | null
  extensions: number
}
/** writes: what somebody tells who is not here. null = they are. */
export interface Attendance {
  personId: string
  at: Date
  writes: string | null
}
export interface Parked {
  subject: string
  at: Date
  by: string
  why: string
}
/** about: the decision it challenges, null = a thing of its own. by '' = unnamed. */
export interface Raised {
  number: number
  at: Date
  by: string
  text: string
  about: string | null
  answer: string | null
}
export interface Said {
  number: number
  at: Date
  by: string
  text: string
}
/** skipped: why it was not done. null = it was. */
export interface Tick {
  step: string
  at: Date
  by: string
  skipped: string | null
}

/** Where a meeting stands after what the room did, in the order of its numbers. */
export function meetingStateOf(events: readonly MeetingEvent[]): MeetingState {
  const state: MeetingState = {
    facilitatorId: null,
    scribeId: null,
    joinCode: null,
    screen: '',
    visits: [],
    attendance: [],
    parked: [],
    takenUp: [],
    raised: [],
    notes: [],
    ticks: [],
    deepDive: null,
    remarks: [],
  }
  for (const event of events.toSorted((a, b) => a.number - b.number)) live(state, event)
  return state
}

/** The same word again, or one that changes nothing: a double click. */
export function saysNothing(
  state: MeetingState,
  { kind, value, by, why }: Omit<MeetingEvent, 'number' | 'at'>,
): boolean {
  switch (kind as MeetingEventKind) {
    case 'facilitator':
      return state.facilitatorId === value
    case 'scribe':
      return state.scribeId === value
    case 'join-code':
      return state.joinCode !== null
    case 'came':
      return state.attendance.some(({ personId, writes }) => personId === value && (writes ?? '') === why)
    case 'left':
      return !state.attendance.some(({ personId }) => personId === value)
    case 'screen':
      return state.screen === value
    case 'parked':
      return state.parked.some(({ subject }) => subject === value)
    case 'taken-up':
      return state.takenUp.includes(value)
    case 'extended':
      return Number(why) <= (state.visits.findLast(({ screen }) => screen === value)?.extensions ?? 0)
    case 'raised':
      return state.raised.some((one) => one.about === null && isSameWord(one, value, by))
    case 'challenged':
      return state.raised.some((one) => one.about === why && isSameWord(one, value, by))
    case 'answered':
      return state.raised.every((one) => one.number !== Number(value) || one.answer !== null)
    case 'note':
      return state.notes.some(({ text }) => text === value)
    case 'checked':
    case 'skipped':
      return state.ticks.some(({ step }) => step === value)
    case 'deep-dive':
      return state.deepDive !== null
    case 'remark':
      return state.remarks.some(({ text }) => text === value)
  }
}

function isSameWord(one: Raised, text: string, by: string): boolean {
  return one.text === text && one.by === by && one.answer === null
}

function live(state: MeetingState, { number, at, kind, value, by, why }: MeetingEvent): void {
  switch (kind as MeetingEventKind) {
    case 'facilitator':
      state.facilitatorId = value
      break
    case 'scribe':
      state.scribeId = value
      break
    case 'join-code':
      state.joinCode = value
      break
    case 'came':
      state.attendance = [...without(state, value), { personId: value, at, writes: why || null }]
      break
    case 'left':
      state.attendance = without(state, value)
      break
    case 'screen':
      Object.assign(state.visits.at(-1) ?? {}, { to: at })
      state.visits.push({ screen: value, from: at, to: null, extensions: 0 })
      state.screen = value
      break
    case 'parked':
      state.parked = [...state.parked.filter(({ subject }) => subject !== value), { subject: value, at, by, why }]
      break
    case 'taken-up':
      state.parked = state.parked.filter(({ subject }) => subject !== value)
      state.takenUp.push(value)
      break
    case 'extended':
      extend(state, value)
      break
    case 'raised':
      state.raised.push({ number, at, by, text: value, about: null, answer: null })
      break
    case 'challenged':
      state.raised.push({ number, at, by, text: value, about: why, answer: null })
      break
    case 'answered':
      Object.assign(state.raised.find((one) => one.number === Number(value)) ?? {}, { answer: why })
      break
    case 'note':
      state.notes.push({ number, at, by, text: value })
      break
    case 'checked':
    case 'skipped':
      state.ticks.push({ step: value, at, by, skipped: kind === 'skipped' ? why : null })
      break
    case 'deep-dive':
      state.deepDive = value
      break
    case 'remark':
      state.remarks.push({ number, at, by, text: value })
      break
  }
}

function without({ attendance }: MeetingState, personId: string): Attendance[] {
  return attendance.filter((one) => one.personId !== personId)
}

function extend({ visits }: MeetingState, screen: string): void {
  const visit = visits.findLast((one) => one.screen === screen)
  if (visit) visit.extensions += 1
}
