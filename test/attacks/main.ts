import { cleanUp } from '../bench/folders.ts'
import { atMost, type Figure, tableOf } from '../bench/table.ts'
import { openBrowser } from '../support/browser.ts'
import { crawl } from './crawl.ts'
import { lettersAskedFor, loopWhileSigningIn, namesTold } from './guessing.ts'
import { tellHostile } from './hostile-record.ts'
import { attackedHouse } from './house.ts'
import { flood, slowClients } from './network.ts'

const help = `npm run attacks [-- ROWS]
Attacks Muster for real, each row against its bar of what must not happen, and prints a table. The short ones are in the tests.
  ROWS   some of: letters, names, loop, titles, slow, flood
Example: npm run attacks -- names slow`

const attacks: Record<string, () => Promise<Figure[]>> = {
  letters: lettersAskedFor,
  names: namesTold,
  loop: loopWhileSigningIn,
  titles: hostileTitles,
  slow: slowClients,
  flood,
}
const asked = process.argv.slice(2)
const strange = asked.find((word) => !(word in attacks))

if (asked.includes('--help')) console.log(help)
else if (strange !== undefined) {
  console.error(help)
  process.exitCode = 2
} else process.exitCode = await attack(asked.length > 0 ? asked : Object.keys(attacks))

async function attack(rows: readonly string[]): Promise<number> {
  const figures: Figure[] = []
  try {
    for (const row of rows) figures.push(...((await attacks[row]?.()) ?? []))
  } finally {
    await cleanUp()
  }
  console.log(tableOf(figures))
  return figures.every(({ met }) => met) ? 0 : 1
}

/** X1: 300 hostile titles by every entrance, 300 pages in Chromium. */
async function hostileTitles(): Promise<Figure[]> {
  const house = await attackedHouse()
  const browser = await openBrowser()
  await tellHostile(house)
  const from = [
    '/',
    '/incidents',
    '/problems',
    '/changes',
    '/complaints',
    '/forecasts',
    '/actions',
    '/people',
    '/sources',
  ]
  const { pages, executed, asked, refused, live } = await crawl(house.app, browser, { from, most: 300, ofAKind: 60 })
  await browser.close()
  await house.close()
  const count = executed.length + asked.length + refused.length + live.length
  return [atMost(`X1 300 hostile titles on ${pages.length} pages: ran, asked, stopped or lived`, count, 0, 'times')]
}
