import { pathTo } from '../../views/paths.ts'
import { addDays, dayOf } from '../calendar.ts'
import { levelFigures } from '../measures/service-level.ts'
import { levelDays } from '../record/service-levels.ts'
import { allServices } from '../record/services.ts'
import type { Lister } from './listers.ts'

/** Kinds of which there are few enough to be shown whole. */
export const whole = {
  'service-levels': {
    columns: ['Service', 'Indicator', 'Objective %', '24 h %', '7 d %', '30 d %', 'Budget left, min', 'Unknown, min'],
    filters: [],
    about: 'No service level was told to us.',
    rows: async (c) => {
      const { db, asOf, settings } = c.var
      const today = dayOf(asOf, settings.rhythm.zone)
      const [services, days] = await Promise.all([
        allServices(db),
        levelDays(db, { from: addDays(today, -31), to: addDays(today, -1) }),
      ])
      const figures = levelFigures(days, { asOf, zone: settings.rhythm.zone, services })
      return {
        rows: figures.map((one) => ({
          href: pathTo({ kind: 'service', id: one.service }),
          cells: [
            one.service,
            one.indicator,
            one.objective,
            ...[one.day, one.week, one.month].map(({ percent }) => percent),
            one.budgetLeftMinutes,
            one.month.unknown,
          ],
        })),
        next: null,
      }
    },
  },
} satisfies Record<string, Lister>
