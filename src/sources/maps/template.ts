const placeholder = /\{([^{}]+)\}/g

/** The columns a name or a template speaks of: 'category', or '{category} / {subcategory}'. */
export function columnsOf(template: string): string[] {
  const found = [...template.matchAll(placeholder)].map(([, name = '']) => name.trim())
  return found.length > 0 ? found : [template]
}

/** The template with its columns filled in. An unknown one leaves with what joins it; all unknown = ''. */
export function filled(template: string, known: (name: string) => string): string {
  const [before = '', ...parts] = template.split(placeholder)
  if (parts.length === 0) return known(template)

  const told: string[] = []
  for (let place = 0; place < parts.length; place += 2) {
    const cell = known((parts[place] ?? '').trim())
    const joint = place === 0 ? before : (parts[place - 1] ?? '')
    if (cell !== '') told.push(told.length === 0 ? before : joint, cell)
  }
  return told.length === 0 ? '' : told.join('') + (parts.at(-1) ?? '')
}
