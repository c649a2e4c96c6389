import { dirname, join, normalize } from 'node:path'

/** One text of the house. `path` is relative to the root. */
export interface Text {
  path: string
  text: string
}
/** `place` = a folder of ours (src/record), a file of ours without its ending (src/calendar), a package, or 'node'. */
export interface Import {
  path: string
  place: string
  typeOnly: boolean
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/g
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a text reaches for. An `import type` is gone when the code runs; `import { type A }` is not. */
export function importsIn({ path, text }: Text): Import[] {
  const stated = [...text.matchAll(statement)].map(([, type, specifier = '']) => ({
    specifier,
    typeOnly: Boolean(type),
  }))
  const awaited = [...text.matchAll(dynamic)].map(([, specifier = '']) => ({ specifier, typeOnly: false }))
  return [...stated, ...awaited].map(({ specifier, typeOnly }) => ({ path, place: placeOf(path, specifier), typeOnly }))
}

function placeOf(path: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node'
  if (!specifier.startsWith('.'))
    return specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
  return homeOf(normalize(join(dirname(path), specifier)))
}

/** 'src/record/db.ts' lives in src/record, 'src/app.tsx' in src/app, 'views/parts/owner.tsx' in views. */
export function homeOf(path: string): string {
  const [top = '', second = ''] = path.split('/')
  return top === 'src' ? `src/${second.replace(/\.tsx?$/, '')}` : top
}
