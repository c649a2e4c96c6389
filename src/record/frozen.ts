/** As it is kept: JSON in which an instant stays an instant. */
export function freeze(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, plain) {
    const told = this[key] // before Date wrote itself as text
    return told instanceof Date ? { at$: told.getTime() } : plain
  })
}

/** What was frozen, with its instants. The caller knows its shape: the same program, or an older one, wrote it. */
export function thaw<T>(text: string): T {
  return JSON.parse(text, (_key, value) => (isInstant(value) ? new Date(value.at$) : value))
}

function isInstant(value: unknown): value is { at$: number } {
  return typeof value === 'object' && value !== null && 'at$' in value && Object.keys(value).length === 1
}
