import type { Around } from './around.ts'
import { when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'

export interface TokensPageProps {
  around: Around
  tokens: TokenShown[]
  scopes: readonly string[] // every one there is, for the field's list
  fresh?: { name: string; secret: string } // one that was just made: told once
}
export interface TokenShown {
  id: string
  name: string
  scopes: readonly string[]
  madeAt: Date
  madeBy: string
  expiresAt: Date | null
  revokedAt: Date | null
  usedAt: Date | null
  counts: boolean
}

/** By which programs speak to the API; those that count first. */
export function TokensPage({ around, tokens, scopes, fresh }: TokensPageProps) {
  return (
    <Layout around={around} title="Tokens">
      <main id="page">
        <PageHead kicker="The door for programs" title="Tokens">
          <p class="lead">
            A program sends its token as <code>Authorization: Bearer</code>. It may what its scopes say, and nothing
            else.
          </p>
        </PageHead>
        <div class="stack">
          {fresh && (
            <div class="block" role="status">
              <h2>{fresh.name}: told once</h2>
              <pre id="fresh-token">{fresh.secret}</pre>
              <p>
                <button type="button" data-copy="fresh-token">
                  Copy
                </button>{' '}
                It cannot be shown again: only its hash is kept.
              </p>
            </div>
          )}
          <Block title="A new one">
            <Form around={around} action={paths.tokens}>
              <Field label="Name" name="name" required placeholder="deploys" />
              <Field label="Scopes" name="scopes" list="scopes" required placeholder="changes:write incidents:read" />
              <Field label="Expires after days" name="days" type="number" placeholder="never" />
              <button type="submit">Make it</button>
            </Form>
            <datalist id="scopes">
              {scopes.map((scope) => (
                <option value={scope} />
              ))}
            </datalist>
            <p class="quiet">
              <code>incidents:read</code>, <code>changes:write</code>, <code>*:read</code>, <code>sources:post</code>,{' '}
              <code>agenda:read</code>, <code>metrics:read</code>; <code>*</code> is everything.
            </p>
          </Block>
          {tokens.length === 0 ? <p class="empty">None was made yet.</p> : <List around={around} tokens={tokens} />}
        </div>
      </main>
    </Layout>
  )
}

function List({ around, tokens }: { around: Around; tokens: TokenShown[] }) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <ul>
      {tokens
        .toSorted((a, b) => Number(b.counts) - Number(a.counts))
        .map(({ id, name, scopes, madeAt, madeBy, expiresAt, revokedAt, usedAt, counts }) => (
          <li class="item">
            <div>
              <h3>
                <bdi>{name}</bdi> {!counts && <span class="state">{revokedAt ? 'revoked' : 'expired'}</span>}
              </h3>
              <p class="meta">
                <code>{scopes.join(' ')}</code>
                <span>
                  made {when(madeAt, reading)} by {madeBy}
                </span>
                <span>{usedAt ? `last used ${when(usedAt, reading)}` : 'never used'}</span>
                {expiresAt && <span>expires {when(expiresAt, reading)}</span>}
              </p>
            </div>
            {counts && (
              <div class="act">
                <Form around={around} action={deeds.token.revocation(id)}>
                  <button type="submit">Revoke</button>
                </Form>
              </div>
            )}
          </li>
        ))}
    </ul>
  )
}
