import { parseArgs } from 'node:util'
import { rows } from './rows.ts'
import { header, told } from './table.ts'

const help = `npm run faults
  Tries what may happen to the record, its backup and its server, with real means only, and tells how often it survived.
  --only ROWS     D1,D10: some of them
  --share SHARE   0.1: a tenth as often as trust.md asks (1)
  Exit 0 when every row came out as it must; a control must lose. Example: npm run faults -- --only D10 --share 0.1`

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: rows.map(({ id }) => id).join(',') },
    share: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
const [wanted, share] = [values.only.split(','), Number(values.share)]
const strange = wanted.find((id) => rows.every((row) => row.id !== id))
if (values.help || strange !== undefined || !(share > 0)) {
  console.log(help)
  process.exitCode = values.help ? 0 : 2
} else {
  console.log(header())
  for (const row of rows.filter(({ id }) => wanted.includes(id))) {
    const outcome = await row.run(Math.max(1, Math.round(row.times * share)))
    console.log(told(row, outcome))
    if ('asMeant' in outcome && !outcome.asMeant) process.exitCode = 1
  }
}
