import { describe, expect, test } from 'vitest'
import { ProjectorPage } from '../../views/projector.tsx'
import { screenAt, screensOf } from '../../views/screens.ts'
import { asDocument, someAround } from './gallery.tsx'
import { type Morning, mornings } from './mornings.ts'

describe('the screens', () => {
  test('are the front and at least one for each of the ten sections', () => {
    expect(screensOf(mornings.quiet.agenda).map(({ name }) => name)).toEqual([
      '',
      'exposures',
      'actions',
      'service-levels',
      'incidents',
      'still-open',
      'problems',
      'complaints',
      'changes',
      'postmortems',
      'sources',
    ])
  })

  test('show every item of a huge section, five at a time', () => {
    const { agenda } = mornings.huge
    const shown = screensOf(agenda).flatMap(({ items }) => items)

    expect(shown).toEqual(agenda.sections.flatMap(({ items }) => items))
    expect(Math.max(...screensOf(agenda).map(({ items }) => items.length))).toBe(5)
  })

  test('one that is not there is the front', () => {
    const screens = screensOf(mornings.quiet.agenda)

    expect(screenAt(screens, 'nonsense')).toBe(screens[0])
    expect(screenAt(screens, 'incidents/9').name).toBe('incidents')
  })
})

describe('the wall', () => {
  test('steps with plain links, round and round', async () => {
    const first = await wall(mornings.quiet)
    const last = await wall(mornings.quiet, 'sources')

    expect(link(first, 'next')).toBe('/meetings/2026-11-23/projector?screen=exposures')
    expect(link(first, 'prev')).toBe('/meetings/2026-11-23/projector?screen=sources')
    expect(link(last, 'next')).toBe('/meetings/2026-11-23/projector')
  })

  test('zooms an item and leads back from it', async () => {
    const zoomed = await wall(mornings.ordinary, 'incidents/1')

    expect(zoomed).toContain('wall-zoom')
    expect(link(zoomed, 'up')).toBe('/meetings/2026-11-23/projector?screen=incidents')
  })

  test('asks itself anew by script, and loads anew without', async () => {
    const screen = await wall(mornings.quiet, 'incidents')

    expect(screen).toContain(
      'hx-get="/meetings/2026-11-23/projector?screen=incidents" hx-trigger="morning from:body, every 60s"',
    )
    expect(screen).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"\/><\/noscript>/)
  })

  test('stamps what it shows, and runs its clock only when time runs', async () => {
    const running = await asDocument(page(mornings.quiet, '', false))
    const frozen = await wall(mornings.quiet)

    expect(running).toContain('as of 09:00')
    expect(running).toContain('data-clock="Europe/Berlin"')
    expect(frozen).not.toContain('data-clock')
  })
})

function wall(morning: Morning, screen = ''): Promise<string> {
  return asDocument(page(morning, screen, true))
}

function page({ agenda, facts }: Morning, screen: string, frozen: boolean) {
  return <ProjectorPage around={someAround({ frozen })} agenda={agenda} facts={facts} screen={screen} />
}

function link(html: string, rel: string): string | undefined {
  const tag = html.match(new RegExp(`<a [^>]*rel="${rel}"[^>]*>`))?.[0]
  return tag?.match(/href="([^"]*)"/)?.[1]
}
