import type { Around } from './around.ts'
import { figure, type Reading } from './figures.ts'
import { Layout } from './layout.tsx'
import { Form } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Ago } from './parts/moment.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'

export type Field = 'service' | 'site' | 'severity' | 'owner'
export interface MatchingPageProps {
  around: Around
  source: string
  words: Word[] // the unmatched first
  ours: Record<Field, string[]> // what may stand for them here
}
/** A name that the source really said. */
export interface Word {
  field: Field
  theirs: string
  ours: string | null // decided; null = nobody has
  known: string | null // what it stands for without a decision; null = nothing of ours is called so
  seen: number
  lastAt: Date | null
}

const fields: readonly Field[] = ['service', 'site', 'severity', 'owner']

/** Their names beside ours. What nobody has matched is listed first and stands as it came: nothing is dropped for its name. */
export function MatchingPage({ around, source, words, ours }: MatchingPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  const open = words.filter(({ ours, known }) => ours === null && known === null).length
  return (
    <Layout around={around} title={`What ${source} calls things`}>
      <main id="page">
        <PageHead kicker={`Source ${source}`} title="What it calls things">
          <p class="lead">
            <Mark tone={open > 0 ? 'amber' : 'green'} />{' '}
            {words.length === 0
              ? 'It has named nothing yet.'
              : open === 0
                ? 'Everything it names is known here.'
                : `${figure(open)} of ${figure(words.length)} names are not known here; they stand as they came.`}{' '}
            <a href={paths.source(source)}>Back to {source}</a>
          </p>
        </PageHead>
        {words.length > 0 && (
          <Form around={around} action={deeds.source.matches(source)} class="stack">
            {fields.map((field) => (
              <Fields field={field} words={words} ours={ours[field]} reading={reading} />
            ))}
            <p class="quiet">
              Keeping them lets every delivery that is still here be read again under the new names. An empty field
              leaves a name as it came.
            </p>
            <div class="choices">
              <button type="submit">Keep these names</button>
            </div>
          </Form>
        )}
      </main>
    </Layout>
  )
}

const titles: Record<Field, string> = { service: 'Services', site: 'Sites', severity: 'Severities', owner: 'Owners' }

interface FieldsProps {
  field: Field
  words: readonly Word[]
  ours: readonly string[]
  reading: Reading
}

function Fields({ field, words, ours, reading }: FieldsProps) {
  const rows = words.map((word, place) => ({ ...word, place })).filter((word) => word.field === field)
  if (rows.length === 0) return null
  return (
    <Block title={titles[field]}>
      <datalist id={`ours-${field}`}>
        {ours.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">There</th>
            <th scope="col">Here</th>
            <th scope="col" class="number">
              Said
            </th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((word) => (
            <tr>
              <th scope="row">
                <Mark tone={word.ours ? 'green' : word.known ? 'plain' : 'amber'} /> <bdi>{word.theirs}</bdi>
              </th>
              <td data-label="Here">
                <Here word={word} field={field} />
              </td>
              <td data-label="Said" class="number">
                {figure(word.seen)}
              </td>
              <td data-label="Last">{word.lastAt && <Ago at={word.lastAt} reading={reading} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Block>
  )
}

function Here({ word, field }: { word: Word & { place: number }; field: Field }) {
  const { place, theirs, ours, known } = word
  return (
    <>
      <input type="hidden" name={`field.${place}`} value={field} />
      <input type="hidden" name={`theirs.${place}`} value={theirs} />
      <input
        name={`ours.${place}`}
        value={ours ?? ''}
        placeholder={known ?? (field === 'severity' ? 'no severity' : theirs)}
        list={`ours-${field}`}
        aria-label={`${theirs} is here`}
        autocomplete="off"
        maxlength={1000}
      />
    </>
  )
}
