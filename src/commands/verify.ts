import { backupOf } from '../record/backup.ts'
import type { Verified } from '../record/verifying.ts'
import type { Command } from './command.ts'

export const verify: Command = {
  name: 'verify',
  help: `npm run verify
  Looks at every page of the record, whether each version follows from the one before it, whether each row is as its past
  says, at every byte of the backup, and whether the two tell the same. Names the first version and the rows that do not.
  Exit 0 when all is as it was written, 1 when not. Example: npm run verify`,
  async run(words, { db, settings, now, say, complain }) {
    if (words.length > 0) {
      complain(`verify knows no ${JSON.stringify(words[0])}.\n${verify.help}`)
      return 2
    }
    const backup = await backupOf(db, settings)
    await backup.ship(now())
    const verified = await backup.verify()
    const faults = faultsOf(verified)
    for (const fault of faults) complain(fault)
    if (faults.length > 0) return 1

    const { record, chain, snapshots, segments } = verified
    const past = `${(record?.past ?? chain)?.versions ?? 0} versions in one chain`
    say(
      `${past}${record ? ', every row as its past says' : ''}; ${snapshots} snapshots and ${segments} segments of the change log as they were written`,
    )
    if (!record) say('The record lies on a libSQL server: its pages and rows are that server’s to look at.')
    return 0
  },
}

/** What is not as it should be, the record first. */
export function faultsOf({ record, chain, faults }: Verified): string[] {
  const { strays = [] } = record?.past ?? {}
  const { broken = null } = record?.past ?? chain ?? {}
  return [
    ...(record?.damage ?? []).map((damage) => `record: ${damage}`),
    ...(broken ? [`record: the past breaks at version ${broken.number}, ${broken.table} ${broken.row}`] : []),
    ...strays.map(({ table, row, fault }) => `record: ${table} ${row} is ${fault}`),
    ...(record?.disowned ?? []).map((disowned) => `record: ${disowned}`),
    ...faults.map((fault) => `backup: ${fault}`),
  ]
}
