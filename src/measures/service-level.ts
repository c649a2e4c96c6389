/** What an indicator amounted to over some complete days. percent null = nothing was counted: unknown, not 100. */
export interface Ratio { percent: number | null; good: number; total: number; unknown: number; days: number; missingDays: number }
/** One indicator of one service over the last 1, 7 and 30 complete days. Budget in minutes of 30 days; null without an objective. */
export interface LevelFigure {
  service: string
  indicator: string
  objective: number | null
  day: Ratio
  week: Ratio
  month: Ratio
  budgetMinutes: number | null
  budgetLeftMinutes: number | null
  burnRate: number | null // last 7 days; 1 = exactly on budget
  lastDay: string | null
  zone: string
}
