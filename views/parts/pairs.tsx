import type { Child } from 'hono/jsx'

/** Names and what stands behind them; what is not known is left out. */
export function Pairs({ pairs }: { pairs: readonly (readonly [string, Child | null | undefined | false])[] }) {
  return (
    <dl class="pairs">
      {pairs
        .filter(([, said]) => said !== null && said !== undefined && said !== false && said !== '')
        .map(([name, said]) => (
          <>
            <dt>{name}</dt>
            <dd>{said}</dd>
          </>
        ))}
    </dl>
  )
}

export function Block({ title, children }: { title: string; children?: Child }) {
  return (
    <section class="block">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** The head of every page about one thing. */
export function PageHead({ kicker, title, children }: { kicker: string; title: string; children?: Child }) {
  return (
    <header class="page-head">
      <p class="kicker">{kicker}</p>
      <h1>
        <bdi>{title.trim() || 'without a title'}</bdi>
      </h1>
      {children}
    </header>
  )
}
