import type { Look } from '../../views/mail-style.ts'

/**
 * A letter's HTML with each element wearing the looks of its classes, in the order of the classes. A class stays only where
 * it looks otherwise on a dark screen. Words in the letter are escaped, so no word of others reads as a class here.
 */
export function dressed(body: string, style: Readonly<Record<string, Look>>, title: string): string {
  const worn = body.replace(/ class="([^"]*)"/g, (_whole, classes: string) => {
    const names = classes.split(' ')
    const looks = names.map((name) => style[name]?.light ?? '').filter((look) => look !== '')
    const kept = names.filter((name) => style[name]?.dark)
    return `${kept.length > 0 ? ` class="${kept.join(' ')}"` : ''} style="${looks.join(';')}"`
  })
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(title)}</title><style>:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${darkRules(style)}}</style></head><body class="paper" style="margin:0">${worn}</body></html>`
}

function darkRules(style: Readonly<Record<string, Look>>): string {
  return Object.entries(style)
    .flatMap(([name, { dark }]) =>
      dark
        ? [
            `.${name}{${dark
              .split(';')
              .map((rule) => `${rule}!important`)
              .join(';')}}`,
          ]
        : [],
    )
    .join('')
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
}
