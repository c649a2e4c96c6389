/** Nobody's (S8): no owner was named, or the one who was has left. `leavers` are ids of people. */
export function isUnowned(ownerId: string | null, leavers: ReadonlySet<string> = new Set()): boolean {
  return ownerId === null || ownerId.trim() === '' || leavers.has(ownerId.trim().toLowerCase())
}
