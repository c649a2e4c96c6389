import type { HookLine } from '../src/record/hooks.ts'
import type { HookKind } from '../src/record/schema.ts'
import type { Around } from './around.ts'
import { listed, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface HooksPageProps {
  around: Around
  hooks: HookLine[]
  canKeep: boolean // MUSTER_KEY is there to seal addresses with
}

const kindWords: Record<HookKind, string> = {
  slack: 'Slack: an incoming webhook',
  teams: 'Microsoft Teams: a webhook of Workflows',
  signed: 'A program: Standard Webhooks, signed',
}

/** Which rooms and programs are told what. An address is never shown again: whoever has it can write there. */
export function HooksPage({ around, hooks, canKeep }: HooksPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title="Chat and programs">
      <main id="page">
        <PageHead kicker="Those who were not in the room" title="Chat and programs" />
        <div class="stack">
          {hooks.length === 0 && <p>No room and no program is told yet.</p>}
          {hooks.length > 0 && (
            <ul>
              {hooks.map(({ id, name, kind, tells, time, addedAt }) => (
                <li class="item">
                  <div>
                    <h3>
                      <bdi>{name}</bdi>
                    </h3>
                    <p class="meta">
                      <span>{kindWords[kind]}</span>
                      <span>
                        {listed(tells)}
                        {tells.includes('digest') && ` at ${time}`}, since {when(addedAt, reading)}
                      </span>
                    </p>
                  </div>
                  <div class="act">
                    <Form around={around} action={paths.hookTrial(id)}>
                      <button type="submit">Send a trial</button>
                    </Form>
                    <Form around={around} action={paths.hookRetirement(id)}>
                      <button type="submit">Take it back</button>
                    </Form>
                  </div>
                </li>
              ))}
            </ul>
          )}
          {canKeep ? (
            <Form around={around} action={paths.hooks} class="stack">
              <Block title="Another one">
                <div class="line">
                  <Field label="What it is called here" name="name" required />
                  <label>
                    What it is
                    <select name="kind">
                      {Object.entries(kindWords).map(([kind, words]) => (
                        <option value={kind}>{words}</option>
                      ))}
                    </select>
                  </label>
                </div>
                <Field label="Its address" name="url" type="url" required placeholder="https://hooks.example.com/…" />
                <Field label="Of a program: the secret it checks with, whsec_…" name="secret" />
                <div class="choices">
                  <label class="check">
                    <input type="checkbox" name="tells.digest" value="yes" checked /> the digest
                  </label>
                  <label class="check">
                    <input type="checkbox" name="tells.exposures" value="yes" checked /> services on one site alone:
                    opened, 4, 24 and 72 hours old, closed
                  </label>
                  <label>
                    The digest at
                    <input name="time" type="time" value="07:00" required />
                  </label>
                </div>
                <button type="submit">Tell it</button>
              </Block>
            </Form>
          ) : (
            <p class="text-amber">An address is a secret: set MUSTER_KEY, and it can be kept.</p>
          )}
          <p>
            <a href={paths.letters}>What was sent, and what was not</a>
          </p>
        </div>
      </main>
    </Layout>
  )
}
