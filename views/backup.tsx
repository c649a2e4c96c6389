import type { BackupStanding } from '../src/record/backup.ts'
import type { Around } from './around.ts'
import { ago, counted, figure, spell } from './figures.ts'
import { Layout } from './layout.tsx'
import { Mark } from './parts/marks.tsx'
import { Ago, Moment } from './parts/moment.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface BackupPageProps {
  around: Around
  backup: BackupStanding | null // null = none is kept: a demo
  versions: number
}

/** What would be left if this machine were gone now, and when that was last tried. */
export function BackupPage({ around, backup, versions }: BackupPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  const tone =
    backup === null || backup.behind || backup.last?.fault ? 'red' : backup.warnings.length > 0 ? 'amber' : 'green'
  return (
    <Layout around={around} title="Backup">
      <main id="page">
        <PageHead kicker="Backup" title={titleOf(backup)}>
          {backup?.warnings.map((warning) => (
            <p class="lead">
              <Mark tone={tone} /> {warning}
            </p>
          ))}
        </PageHead>
        {backup && (
          <div class="two-columns">
            <Block title="Snapshots">
              {backup.snapshots.length === 0 ? (
                <p>None yet: the first comes within the hour. The change log alone holds everything.</p>
              ) : (
                <Snapshots backup={backup} around={around} />
              )}
            </Block>
            <div class="stack">
              <Block title="Change log">
                <Pairs
                  pairs={[
                    [
                      'Shipped',
                      backup.shipped.at ? <Ago at={backup.shipped.at} reading={reading} /> : 'not since the start',
                    ],
                    ['Holds', `${figure(backup.shipped.head.number)} of ${counted(versions, 'version')}`],
                  ]}
                />
              </Block>
              <Block title="Last drill">
                <Drill backup={backup} around={around} />
              </Block>
            </div>
          </div>
        )}
        <p>
          <a href={paths.past}>What was changed lately, and how to bring it back</a>
        </p>
      </main>
    </Layout>
  )
}

function titleOf(backup: BackupStanding | null): string {
  if (backup === null) return 'Nothing is kept here'
  if (backup.behind) return 'What is written now is on this machine alone'
  return backup.last?.fault ? 'The backup could not be restored' : 'Every change is kept twice'
}

const shown = 40

function Snapshots({ backup: { snapshots }, around }: { backup: BackupStanding; around: Around }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            <th scope="col" class="number">
              Rows
            </th>
            <th scope="col" class="number">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {snapshots.slice(0, shown).map(({ takenAt, tables, bytes }) => (
            <tr>
              <th scope="row">
                <Moment at={new Date(takenAt)} reading={{ asOf: around.now, zone: around.zone }} />
              </th>
              <td class="number">{figure(Object.values(tables).reduce((sum, count) => sum + count, 0))}</td>
              <td class="number">{(bytes / 1024 / 1024).toFixed(1)} MB</td>
            </tr>
          ))}
        </tbody>
      </table>
      {snapshots.length > shown && <p class="quiet">and {snapshots.length - shown} older ones</p>}
    </div>
  )
}

function Drill({ backup: { last, lastGoodDrillAt }, around }: { backup: BackupStanding; around: Around }) {
  const reading = { asOf: around.now, zone: around.zone }
  if (last === null) return <p>It was not tried yet: the first drill comes by itself, or by npm run drill.</p>

  const { at, fault, rows, versions, tookMs } = last
  return (
    <Pairs
      pairs={[
        ['Tried', <Ago at={at} reading={reading} />],
        ['Result', fault ?? `good: ${counted(rows, 'row')}, up to version ${figure(versions)}`],
        ['Took', spell(tookMs)],
        fault
          ? (['Last good', lastGoodDrillAt ? ago(lastGoodDrillAt, around.now) : 'never'] as const)
          : (['', null] as const),
      ]}
    />
  )
}
