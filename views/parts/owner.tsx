import type { Person } from '../../src/record/shapes.ts'

export function nameOf(people: Person[], ownerId: string | null): string | null {
  return ownerId && (people.find(({ id }) => id === ownerId)?.name ?? ownerId)
}

export function Owner({ people, ownerId }: { people: Person[]; ownerId: string | null }) {
  return ownerId ? (
    <span class="owner">
      <bdi>{nameOf(people, ownerId)}</bdi>
    </span>
  ) : (
    <span class="owner nobody">nobody’s</span>
  )
}
