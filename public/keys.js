// The keyboard, the clock and the word when the line is lost. Everything works without it; this is only quicker.
const page = document.documentElement
const onWall = page.classList.contains('projector')

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key === 'Escape') forget()
  if (event.key === '?') document.getElementById('keys')?.togglePopover()
  else if (onWall ? step(event.key) : walk(event.key)) event.preventDefault()
})

function isTyping(target) {
  return target instanceof Element && target.closest('input, select, textarea') !== null
}

/** On the wall: one screen a step, one item at a time. */
function step(key) {
  if (key === 'ArrowRight' || key === 'PageDown' || key === ' ') return follow('a[rel=next], [data-key=next]')
  if (key === 'ArrowLeft' || key === 'PageUp') return follow('a[rel=prev], [data-key=previous]')
  if (key === 'Home') return follow('[data-key=Home]')
  if (/^\d$/.test(key)) return follow(`[data-key="${key}"]`)
  if (key === 'ArrowDown' || key === 'j') return choose('.zoomable', 1)
  if (key === 'ArrowUp' || key === 'k') return choose('.zoomable', -1)
  if (key === 'z') return follow('a[rel=up]') || follow('.zoomable:focus') || follow('.zoomable')
  if (key === 'Escape') return follow('a[rel=up]')
  return (key.length === 1 || key === 'Enter') && follow(`[data-key="${CSS.escape(key)}"]`)
}

/** At the desk: from item to item, from section to section. */
function walk(key) {
  if (key === 'j') return choose('.item h3 a', 1)
  if (key === 'k') return choose('.item h3 a', -1)
  const section = /^\d$/.test(key) && document.querySelectorAll('.topic')[(Number(key) + 9) % 10]
  if (!section) return false
  section.open = true
  section.scrollIntoView()
  section.querySelector('summary').focus({ preventScroll: true })
  return true
}

function follow(selector) {
  const link = document.querySelector(selector)
  link?.click()
  return Boolean(link)
}

function choose(selector, by) {
  const all = [...document.querySelectorAll(selector)].filter((link) => link.checkVisibility())
  const at = all.indexOf(document.activeElement)
  const chosen = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]
  chosen?.focus()
  chosen?.scrollIntoView({ block: 'center' })
  return Boolean(chosen)
}

// A refusal stands until the next attempt, a click on it, or Escape. One that offers to insist stands until that is answered.
const insisted = { on: null }
const forget = () => document.getElementById('notice')?.replaceChildren()
document.addEventListener('htmx:before:request', ({ target }) => {
  if (target.closest?.('#notice')) insisted.on = target.closest('.refusal')
  else forget()
})
document.addEventListener('htmx:after:swap', () => {
  insisted.on?.remove()
  insisted.on = null
})

// What was said is said: its fields are ready for the next word, its sheet is put away, and on the wall the keys are the room's
// again. Of the answer htmx only tells the request: the form may be gone by then, the page having been made anew.
const saying = new WeakMap()
document.addEventListener('htmx:before:request', ({ target: form, detail: { ctx } }) => {
  if (form instanceof HTMLFormElement && form.method === 'post')
    saying.set(ctx, { form, sheet: form.closest('[popover]'), field: form.querySelector(':focus') })
})
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  const said = saying.get(ctx)
  if (!said || ctx.status !== 'swapped') return
  said.sheet?.hidePopover() // a refusal, too, is read beside it
  if (ctx.response.status >= 400) return
  said.form.reset()
  if (onWall) said.field?.blur()
})

document.addEventListener('click', async (event) => {
  if (event.target.closest?.('#notice') && !event.target.closest('a, button, summary, label')) forget()
  const copier = event.target.closest?.('[data-copy]')
  if (!copier) return
  await navigator.clipboard.writeText(document.getElementById(copier.dataset.copy).textContent)
  copier.textContent = 'Copied'
})

// A frozen clock stands still: it is served without data-clock.
setInterval(() => {
  for (const clock of document.querySelectorAll('[data-clock]'))
    clock.textContent = new Date().toLocaleTimeString('en-GB', {
      timeZone: clock.dataset.clock,
      hour: '2-digit',
      minute: '2-digit',
    })
}, 1000)

for (const lost of ['htmx:error', 'htmx:response:error']) document.addEventListener(lost, () => tellLost(true))
document.addEventListener('htmx:after:swap', () => tellLost(false))

function tellLost(isLost) {
  for (const banner of document.querySelectorAll('[data-lost]')) banner.hidden = !isLost
}
