import type { DraftColumn, MappingDraft } from '../mapping.tsx'

/** One rule as fields: what it makes, of what, and an expression for each column. */
export function RuleFields({
  rule,
  place,
  draft,
}: {
  rule: MappingDraft['rules'][number]
  place: number
  draft: MappingDraft
}) {
  const field = (name: string) => `rule.${place}.${name}`
  return (
    <fieldset class="rule">
      <legend>Rule {place + 1}</legend>
      <div class="line">
        <label>
          Makes
          <select name={field('kind')}>
            {draft.kinds.map((kind) => (
              <option value={kind} selected={kind === rule.kind}>
                {kind.replaceAll('-', ' ')}
              </option>
            ))}
          </select>
        </label>
        <Expression label="Only where this is true" name={field('when')} value={rule.when} placeholder="always" />
        <Expression label="Of each" name={field('each')} value={rule.each} placeholder="the whole delivery" />
      </div>
      <Columns columns={rule.columns.filter(isShown)} place={place} />
      {rule.columns.some((column) => !isShown(column)) && (
        <details>
          <summary>More columns</summary>
          <Columns columns={rule.columns.filter((column) => !isShown(column))} place={place} />
        </details>
      )}
      {draft.rules.length > 1 && (
        <button type="submit" name="step" value={`without.${place}`}>
          Without this rule
        </button>
      )}
    </fieldset>
  )
}

// What nearly every tool tells, and what is written already.
const usual = ['title', 'startedAt', 'state', 'at', 'service', 'severity', 'owner', 'url', 'what', 'text']

function isShown({ name, required, expression }: DraftColumn): boolean {
  return required || expression !== '' || usual.includes(name)
}

function Columns({ columns, place }: { columns: readonly DraftColumn[]; place: number }) {
  return (
    <table class="cards columns">
      <tbody>
        {columns.map(({ name, required, means, expression }) => (
          <tr>
            <th scope="row">
              {name}
              {required && <span title="needed"> *</span>}
            </th>
            <td>
              <input
                name={`rule.${place}.column.${name}`}
                value={expression}
                aria-label={`${name} of rule ${place + 1}`}
                class="code"
                autocomplete="off"
                spellcheck={false}
                maxlength={500}
              />
              <span class="quiet">{means}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Expression({ label, name, value, placeholder }: Record<'label' | 'name' | 'value' | 'placeholder', string>) {
  return (
    <label>
      {label}
      <input
        name={name}
        value={value}
        placeholder={placeholder}
        class="code"
        autocomplete="off"
        spellcheck={false}
        maxlength={500}
      />
    </label>
  )
}
