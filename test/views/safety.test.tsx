import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { someAround, viewsOf } from './gallery.tsx'
import { mornings } from './mornings.ts'

// Markup that would run, or be styled, from within a page: the policy forbids it, so no page may ask for it.
const inline = /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:|hx-on|js:/i

describe.each(Object.entries(mornings))('on the %s morning', (_, morning) => {
  const around = someAround({ people: morning.facts.people, me: morning.facts.people[0] ?? null, nonce: 'n0nce' })
  const views = Object.entries(viewsOf(morning, around))

  test.each(views)('%s holds no script and no style of its own', async (_, render) => {
    expect(written(await render())).not.toMatch(inline)
  })

  test.each(views)('every form of %s says where it leads and how, without a script', async (_, render) => {
    const forms = tags(await render(), 'form')
    const posts = forms.filter((form) => form.includes('hx-post'))

    expect(forms.filter((form) => !/ action="\/[^"]*"/.test(form))).toEqual([])
    expect(posts.filter((form) => !form.includes(' method="post"'))).toEqual([])
  })

  test.each(views)('everything htmx may touch in %s carries the nonce of its rendering', async (_, render) => {
    const touched = (await render()).match(/<[a-z]+ [^>]*\bhx-[^>]*>/g) ?? []

    expect(touched.filter((tag) => !tag.includes('hx-nonce="n0nce"'))).toEqual([])
  })
})

test('markup in a title is shown, not obeyed', async () => {
  const { agenda, incident } = viewsOf(mornings.hostile, someAround())

  expect(await agenda?.()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(await incident?.()).not.toContain('<script>alert')
})

test('an address that is not of the web is no link', async () => {
  const { facts, agenda } = mornings.ordinary
  const [first] = facts.incidents
  const poisoned = { agenda, facts: { ...facts, incidents: first ? [{ ...first, url: 'javascript:alert(1)' }] : [] } }

  expect(await viewsOf(poisoned, someAround()).incident?.()).not.toContain('javascript:')
})

test('an ordinary morning weighs at most 13 kB', async () => {
  const { facts } = mornings.ordinary
  const page = await viewsOf(mornings.ordinary, someAround({ people: facts.people })).agenda?.()

  expect(gzipSync(page ?? '', { level: 9 }).length).toBeLessThan(13 * 1024)
})

/** The page without its text and without what its attributes say, addresses excepted: what a browser would act upon. */
function written(html: string): string {
  const tags = (html.match(/<[^>]+>/g) ?? []).join('\n')
  return tags.replace(/\b(?!href|src|action|hx-)([a-z-]+)="[^"]*"/g, '$1=""')
}

function tags(html: string, name: string): string[] {
  return html.match(new RegExp(`<${name}[ >][^>]*>?`, 'g')) ?? []
}
