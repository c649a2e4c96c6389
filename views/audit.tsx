import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Moment } from './parts/moment.tsx'
import { nameOf } from './parts/owner.tsx'
import { PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface AuditPageProps {
  around: Around
  lines: AuditLineShown[] // newest first
  asked: { by: string; what: string }
  kinds: readonly string[]
  next: string | null
}
export interface AuditLineShown {
  number: number
  at: Date
  by: string
  what: string
  subject: string
  was: string
  became: string
  from: string
  count: number
}

/** Who came in, who was refused, who was given what. */
export function AuditPage({ around, lines, asked, kinds, next }: AuditPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title="Audit">
      <main id="page">
        <PageHead kicker="Who came, who went" title="Audit">
          <p class="lead">
            Sign-ins, refusals, roles and tokens. What was done to incidents and the rest stands at each of them. Each
            line is chained to the one before it: <code>npm run verify</code> names the first that was changed.
          </p>
        </PageHead>
        <search>
          <form class="filters" action={paths.audit}>
            <label>
              Who
              <input type="search" name="by" value={asked.by} list="people" />
            </label>
            <label>
              What
              <select name="what">
                <option value="">everything</option>
                {kinds.map((kind) => (
                  <option value={kind} selected={kind === asked.what}>
                    {kind.replaceAll('-', ' ')}
                  </option>
                ))}
              </select>
            </label>
            <button type="submit">Show</button>
          </form>
        </search>
        {lines.length === 0 ? (
          <p class="empty">Nothing of that kind has happened.</p>
        ) : (
          <div class="scroll">
            <table class="cards">
              <caption class="unseen">Audit</caption>
              <thead>
                <tr>
                  {['When', 'Who', 'What', 'To whom or what', 'Was', 'Is', 'From'].map((label) => (
                    <th scope="col">{label}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => (
                  <tr id={`line-${line.number}`}>
                    <th scope="row">
                      <Moment at={line.at} reading={reading} />
                    </th>
                    <td data-label="Who">
                      <bdi>{nameOf(around.people, line.by) || 'a stranger'}</bdi>
                    </td>
                    <td data-label="What">
                      {line.what.replaceAll('-', ' ')}
                      {line.count > 1 && ` × ${line.count}`}
                    </td>
                    <td data-label="To whom or what">
                      <bdi>{nameOf(around.people, line.subject)}</bdi>
                    </td>
                    <td data-label="Was">{line.was}</td>
                    <td data-label="Is">{line.became}</td>
                    <td data-label="From">{line.from}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {next && (
          <nav class="pager" aria-label="Pages">
            <a class="button" href={next} rel="next">
              Earlier
            </a>
          </nav>
        )}
      </main>
    </Layout>
  )
}
