/** A pager nobody here has heard of, as it tells of one incident. */
export function aPage(given: Record<string, unknown> = {}) {
  return {
    type: 'incident',
    sent: '2026-11-23 06:05:00 UTC',
    incident: {
      number: 17,
      name: 'Checkout refuses cards',
      opened: 1_795_413_600, // 2026-11-23T06:00:00Z
      phase: 'triggered',
      prio: 'P1',
      system: { name: 'Web Shop' },
      who: '',
      ...given,
    },
  }
}

export const pagerRules = [
  {
    kind: 'incidents' as const,
    when: "type == 'incident'",
    each: 'incident',
    columns: {
      id: 'number',
      title: 'name',
      startedAt: 'opened',
      state: 'phase',
      at: '_delivery.sent',
      severity: 'prio',
      service: 'system.name',
      owner: 'who',
    },
  },
]
