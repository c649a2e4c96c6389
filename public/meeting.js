// For whoever leads, and for the wall: the time that is left, and an owner by initials. Everything works without it.
const frozen = { at: performance.now(), left: new WeakMap() }
const typed = { initials: '', at: 0 }

setInterval(showLeft, 500)
document.body.addEventListener('htmx:after:swap', showLeft)

/** What was left when the page was made, less what has passed since it came. */
function showLeft() {
  for (const place of document.querySelectorAll('[data-left]')) {
    const told = Number(place.dataset.left)
    const known = frozen.left.get(place)
    if (known?.told !== told) frozen.left.set(place, { told, at: performance.now() })
    const ms = told - (performance.now() - frozen.left.get(place).at)
    place.textContent = words(ms)
    place.classList.toggle('text-red', ms < 0)
  }
}

function words(ms) {
  const seconds = Math.trunc(Math.abs(ms) / 1000)
  const sign = ms < 0 && seconds > 0 ? '−' : ''
  return `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

// Shift and initials: the first that fit one person alone assign them.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.shiftKey || !/^\p{Lu}$/u.test(event.key)) return
  const field = document.querySelector('input[data-initials]')
  if (!field || event.target.closest?.('input, select, textarea')) return
  typed.initials = performance.now() - typed.at < 1500 ? typed.initials + event.key : event.key
  typed.at = performance.now()
  const found = peopleBy(typed.initials)
  field.placeholder = found.length === 0 ? `nobody is ${typed.initials}` : found.map(({ name }) => name).join(', ')
  if (found.length === 0) typed.initials = ''
  if (found.length !== 1) return
  typed.initials = ''
  field.value = found[0].id
  field.form.requestSubmit()
})

function peopleBy(initials) {
  const people = [...document.querySelectorAll('#people option')].map(({ value, textContent }) => ({
    id: value,
    name: textContent,
  }))
  return people.filter(({ name }) => {
    const letters = name.split(/\s+/).map((word) => word.charAt(0).toUpperCase())
    return letters.join('').startsWith(initials)
  })
}
