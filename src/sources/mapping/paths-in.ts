/** One value of a delivery and the JMESPath expression that finds it. */
export interface PathIn {
  path: string
  value: string | number | boolean
}

/** The values a delivery holds, each with its expression; of a list only the first. At most `most` of them. */
export function pathsIn(json: unknown, most = 150): PathIn[] {
  const found: PathIn[] = []
  walk(json, '', found, most)
  return found
}

function walk(json: unknown, path: string, found: PathIn[], most: number): void {
  if (found.length >= most || json === null) return
  if (Array.isArray(json)) walk(json[0] ?? null, `${path}[0]`, found, most)
  else if (typeof json === 'object')
    for (const [name, inner] of Object.entries(json).filter(([name]) => name !== ''))
      walk(inner, path === '' ? step(name) : `${path}.${step(name)}`, found, most)
  else if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean')
    found.push({ path: path || '@', value: json })
}

/** A name as JMESPath wants it: plain words as they are, all others in quotes. */
export function step(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}
