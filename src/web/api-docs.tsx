import { Layout } from '../../views/layout.tsx'
import { paths } from '../../views/paths.ts'
import { type KindName, kindNames, kinds } from '../sources/kinds.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { factory } from './house.ts'
import { isPatchable } from './patchable.ts'

/** What the API takes and gives, from the schemas that judge it. */
export const apiDocs = factory.createHandlers(async (c) => {
  const server = c.var.settings.publicUrl.origin
  return show(
    c,
    <Layout around={await around(c)} title="API" kind="api">
      <main id="page">
        <h1>The API</h1>
        <p>
          JSON under {server}
          {paths.api}, described for machines in <a href={paths.openapi}>OpenAPI 3.1</a>.{' '}
          <a href={paths.agendaAsData}>The agenda</a> takes <code>?at=</code> an instant.
        </p>
        <ul>
          <li>
            <code>GET</code> a kind: <code>from to open owner service search limit cursor</code>; the answer holds{' '}
            <code>rows</code>, their <code>ids</code> and the cursor <code>next</code>.
          </li>
          <li>
            <code>POST</code> one row or an array. All are judged before any is written, and the same again changes
            nothing. Incidents, changes and complaints also take one line of text.
          </li>
          <li>
            <code>PATCH</code> one row with <code>If-Match</code>: null is known to be nothing, a field left out stays.
          </li>
          <li>Refusals are problem details that name the field and the mend.</li>
        </ul>
        <pre>
          <code>{`curl ${server}${paths.api}/changes -H 'content-type: text/plain' -d 'search deploy 4.2 on fra'`}</code>
        </pre>
        {kindNames.map((name) => (
          <Kind name={name} />
        ))}
      </main>
    </Layout>,
  )
})

function Kind({ name }: { name: KindName }) {
  return (
    <section id={name}>
      <h2>{name}</h2>
      <p>
        <code>{`${paths.api}/${name}`}</code> · GET, POST{isPatchable(name) ? ', PATCH of one' : ''}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Written as</th>
            <th scope="col">Needed</th>
          </tr>
        </thead>
        <tbody>
          {kinds[name].columns.map((column) => (
            <tr>
              <th scope="row">{column.name}</th>
              <td>{column.words.length > 0 ? column.words.join(', ') : column.as}</td>
              <td>{column.required ? 'yes' : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
