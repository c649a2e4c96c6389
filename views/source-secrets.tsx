import type { Around } from './around.ts'
import { ago, figure, when } from './figures.ts'
import { Form } from './parts/form.tsx'
import { Block } from './parts/pairs.tsx'
import { deeds } from './paths.ts'

/** How a source proves that what arrives is its own. */
export interface SourceProof {
  secrets: { id: string; scheme: string; print: string; addedAt: Date; by: string }[] // oldest first
  schemes: readonly string[] // what it may be, the tool's own first
  sealable: boolean // whether there is a key to keep secrets with
  refused: { count: number; lastAt: Date } | null // since this process started
}

const schemeWords: Record<string, string> = {
  pagerduty: 'PagerDuty signature',
  github: 'GitHub signature',
  gitlab: 'GitLab token or signature',
  grafana: 'Grafana signature',
  jira: 'Jira signature',
  sentry: 'Sentry signature',
  rootly: 'Rootly signature',
  firehydrant: 'FireHydrant signature',
  slack: 'Slack signature',
  standard: 'Standard Webhooks signature',
  sns: 'Amazon SNS certificate',
  bearer: 'Token in a header',
  address: 'Token in the address (?token=)',
}

export function SourceSecrets({ around, name, proof }: { around: Around; name: string; proof: SourceProof }) {
  const { secrets, schemes, refused } = proof
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Block title="How it proves itself">
      {secrets.length === 0 ? (
        <p>Not at all: whoever reaches this machine can speak for it. Only this machine can, as it is set up.</p>
      ) : (
        <ul>
          {secrets.map(({ id, scheme, print, addedAt, by }) => (
            <li class="item">
              <div>
                <h3>{schemeWords[scheme] ?? scheme}</h3>
                <p class="meta">
                  <code>{print}</code>
                  <span>
                    since {when(addedAt, reading)}
                    {by && `, ${by}`}
                  </span>
                </p>
              </div>
              <div class="act">
                <Form around={around} action={deeds.source.retirement(name, id)}>
                  <button type="submit">Retire</button>
                </Form>
              </div>
            </li>
          ))}
        </ul>
      )}
      {schemes[0] === 'sns' && !secrets.some(({ scheme }) => scheme === 'sns') && (
        <p>What SNS signs is taken unverified: its certificate is not here.</p>
      )}
      {refused && (
        <p class="text-amber">
          {figure(refused.count)} refused since Muster started, the last {ago(refused.lastAt, around.now)}.
        </p>
      )}
      {proof.sealable ? (
        <NewSecret around={around} name={name} schemes={proof.schemes} />
      ) : (
        <p>
          To keep a secret, start Muster with <code>MUSTER_KEY</code>: 32 random bytes, as{' '}
          <code>openssl rand -base64 32</code> makes them.
        </p>
      )}
    </Block>
  )
}

function NewSecret({ around, name, schemes }: { around: Around; name: string; schemes: readonly string[] }) {
  return (
    <Form around={around} action={deeds.source.secret(name)}>
      <label>
        By
        <select name="scheme">
          {schemes.map((scheme) => (
            <option value={scheme}>{schemeWords[scheme] ?? scheme}</option>
          ))}
        </select>
      </label>
      <label>
        Secret
        <input name="secret" type="password" required autocomplete="off" maxlength={8000} />
      </label>
      <button type="submit">Add</button>
    </Form>
  )
}
