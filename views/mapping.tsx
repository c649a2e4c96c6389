import type { Fact } from '../src/record/fact.ts'
import type { InputClass } from '../src/record/schema.ts'
import type { Around } from './around.ts'
import { inputClasses } from './choices.ts'
import { Layout } from './layout.tsx'
import { Form } from './parts/form.tsx'
import { Message, Result } from './parts/mapping-result.tsx'
import { RuleFields } from './parts/mapping-rules.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { deeds, paths, withWords } from './paths.ts'

export interface MappingPageProps {
  around: Around
  source: string
  delivery: { id: string; receivedAt: Date; text: string } | null // null = nothing has arrived yet
  others: { id: string; receivedAt: Date; fault: string | null }[] // deliveries one may try it on, newest first
  found: { path: string; value: string }[] // what the delivery holds
  draft: MappingDraft
  examples: { name: string; title: string }[]
  trial: Trial | null // null = not tried yet
}
/** A mapping as the form holds it. */
export interface MappingDraft {
  zone: string
  class: InputClass
  rules: { kind: string; when: string; each: string; columns: DraftColumn[] }[]
  kinds: readonly string[]
}
export interface DraftColumn {
  name: string
  required: boolean
  means: string
  expression: string
}
/** What the rules make of the delivery; `fault` = why it is none that could be kept. */
export interface Trial {
  made: { rule: number; cells: Record<string, string>; facts: Fact[]; faults: string[] }[]
  fault: string | null
}

/** A mapping is written here against a delivery that really arrived; what it becomes is seen before it is kept. */
export function MappingPage(props: MappingPageProps) {
  const { around, source, delivery } = props
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <Layout around={around} title={`How ${source} is read`}>
      <main id="page">
        <PageHead kicker={`Source ${source}`} title="How it is read">
          <p class="lead">
            Say where in its deliveries our columns are, in{' '}
            <a href="https://jmespath.org/tutorial.html" rel="noreferrer">
              JMESPath
            </a>
            ; try it, then keep it. <a href={paths.source(source)}>Back to {source}</a>
          </p>
        </PageHead>
        {delivery === null ? (
          <p>
            Nothing has arrived from {source} yet. Let it deliver once, whatever it is: it is kept, and this page begins
            from it.
          </p>
        ) : (
          <div class="two-columns mapping">
            <Rules {...props} />
            <div class="stack">
              <Block title="What becomes of it">
                <Result trial={props.trial} reading={reading} />
              </Block>
              <Message {...props} delivery={delivery} reading={reading} />
            </div>
          </div>
        )}
      </main>
    </Layout>
  )
}

function Rules({ around, source, delivery, draft, examples }: MappingPageProps) {
  return (
    <Block title="The rules">
      {examples.length > 0 && (
        <p class="quiet">
          Or begin from{' '}
          {examples.map(({ name, title }, place) => (
            <>
              {place > 0 && ', '}
              <a href={withWords(paths.mapping(source), { delivery: delivery?.id, example: name })}>{title}</a>
            </>
          ))}
        </p>
      )}
      <Form around={around} action={deeds.source.mappingTrial(source)} class="forms">
        <input type="hidden" name="delivery" value={delivery?.id} />
        {draft.rules.map((rule, place) => (
          <RuleFields rule={rule} place={place} draft={draft} />
        ))}
        <div class="line">
          <label>
            Local times are of
            <input name="zone" value={draft.zone} required autocomplete="off" />
          </label>
          <label>
            Counts as
            <select name="class">
              {inputClasses.map((input) => (
                <option value={input} selected={input === draft.class}>
                  {input.replace('-', ' ')}
                </option>
              ))}
            </select>
          </label>
        </div>
        <div class="choices">
          <button type="submit">Try it on this delivery</button>
          <button type="submit" name="step" value="another">
            Another rule
          </button>
          <button type="submit" name="step" value="keep">
            Keep it, and read again
          </button>
        </div>
      </Form>
    </Block>
  )
}
