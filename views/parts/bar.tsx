import type { Tone } from './marks.tsx'

/** A share of a whole, 0 to 1. The figure stands beside it in words, so it is only drawn here. */
export function Bar({ share, tone }: { share: number; tone: Tone }) {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <svg class={`bar ${tone}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="6" />
      <rect class="fill" width={width} height="6" />
    </svg>
  )
}

/** Today's figure as a bar, and a tick where a usual day stands. */
export function AgainstUsual({ today, usual }: { today: number; usual: number }) {
  const scale = 96 / Math.max(today, usual, 1)
  const tick = Math.round(usual * scale)
  return (
    <svg
      class={`bar ${today > usual * 1.5 ? 'amber' : 'plain'}`}
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="track" y="3" width="100" height="6" />
      <rect class="fill" y="3" width={Math.round(today * scale)} height="6" />
      <rect class="tick" x={tick} width="1.5" height="12" />
    </svg>
  )
}
