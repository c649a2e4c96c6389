import type { SiteStanding } from '../../src/record/shapes.ts'

const ground = 150
const full = 120 // height of 100 %
const width = 120

/** The sites of a service as they serve: each a tower, as tall as the share of peak it can carry, crossed out when it cannot. */
export function Sites({ service, sites }: { service: string; sites: SiteStanding[] }) {
  return (
    <svg
      class={sites.length > 3 ? 'sites many' : 'sites'}
      viewBox={`0 0 ${Math.max(sites.length, 2) * width} 210`}
      role="img"
      aria-label={sitesInWords(service, sites)}
    >
      {sites.map((standing, place) => (
        <Tower standing={standing} left={place * width} />
      ))}
      <path class="ground" d={`M0 ${ground}H${Math.max(sites.length, 2) * width}`} />
    </svg>
  )
}

function Tower({ standing: { site, state, capacityPercent }, left }: { standing: SiteStanding; left: number }) {
  const carries = state === 'serving' || state === 'able' ? Math.min(capacityPercent ?? 100, 120) : 0
  const height = (carries / 100) * full
  const middle = left + width / 2
  return (
    <g class={`tower ${state}`}>
      <rect class="shell" x={left + 22} y={ground - full} width={width - 44} height={full} />
      <rect class="carries" x={left + 22} y={ground - height} width={width - 44} height={height} />
      {state === 'unable' && (
        <path
          class="cross"
          d={`M${left + 29} ${ground - full + 6}l${width - 58} ${full - 12}m0 ${12 - full}l${58 - width} ${full - 12}`}
        />
      )}
      {(state === 'unknown' || state === 'draining') && (
        <text class="doubt" x={middle} y={ground - 44} text-anchor="middle">
          {state === 'unknown' ? '?' : '↓'}
        </text>
      )}
      {carries > 0 && (
        <text class="share" x={middle} y={ground - 12} text-anchor="middle">
          {capacityPercent === null ? '?' : `${Math.round(capacityPercent)}%`}
        </text>
      )}
      <text class="site" x={middle} y={ground + 25} text-anchor="middle">
        {site.length > 8 ? `${site.slice(0, 7)}…` : site}
      </text>
      <text class="standing" x={middle} y={ground + 50} text-anchor="middle">
        {state}
      </text>
    </g>
  )
}

function sitesInWords(service: string, sites: SiteStanding[]): string {
  const each = sites.map(
    ({ site, state, capacityPercent }) =>
      `${site} is ${state}${capacityPercent === null ? '' : ` with capacity for ${Math.round(capacityPercent)} %`}`,
  )
  return sites.length === 0 ? `${service} has named no site` : `${service}: ${each.join('; ')}`
}
