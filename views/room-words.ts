import type { ScreenName, Stop } from '../src/agenda/score.ts'
import { figure } from './figures.ts'

/** The screens as the room calls them. */
export function screenTitle(screen: ScreenName): string {
  switch (screen) {
    case 'roll-call':
      return 'Roll call'
    case 'right-now':
      return 'Right now'
    case 'actions':
      return "Last time's actions"
    case 'service-levels':
      return 'Service levels'
    case 'incidents':
      return 'Incidents'
    case 'problems':
      return 'Problems'
    case 'voices':
      return 'Complaints and forecasts'
    case 'changes':
      return 'Changes'
    case 'read-back':
      return 'Read-back'
    case 'close':
      return 'Close'
  }
}

/** Which of how many: '3 of 6' for a card, '2/3' for a page. */
export function placeWords(stop: Stop, stops: readonly Stop[]): string {
  if (stop.item === null) return stop.pages > 1 ? `${stop.page}/${stop.pages}` : ''
  const cards = stops.filter(({ screen, item }) => screen === stop.screen && item !== null)
  const place = cards.findIndex(({ name }) => name === stop.name)
  return place < 0 ? '' : `${figure(place + 1)} of ${figure(cards.length)}`
}

/** '0:32' left, '−1:05' over. */
export function leftWords(ms: number): string {
  const seconds = Math.trunc(Math.abs(ms) / 1000)
  return `${ms < 0 && seconds > 0 ? '−' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Who must be heard, as the room says it. */
export function functionWord(name: string): string {
  return name === 'support' ? 'customer support' : name === 'development' ? 'software development' : name
}
