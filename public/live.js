// What changes elsewhere changes here: one stream of events tells that something did, and the page asks for itself again.
// Without it the page asks now and then, and every form and link works all the same.
const page = document.body
const heard = { last: '', waiting: 0, pending: false }
if (page.dataset.live) listen(page.dataset.live)

function listen(address) {
  const source = new EventSource(heard.last ? `${address.split('?')[0]}?since=${heard.last}` : address)
  for (const event of ['here', 'morning', 'screen']) source.addEventListener(event, note)
  for (const event of ['morning', 'screen']) source.addEventListener(event, askAgain)
  source.addEventListener('presence', ({ data }) => showPresence(JSON.parse(data).here))
  source.onopen = () => tellLost(false)
  source.onerror = () => {
    tellLost(true)
    // A refusal is final for the browser, not for us: the server may only be starting.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(address), 3000)
  }
}

function note({ lastEventId }) {
  if (lastEventId) heard.last = lastEventId
}

/** The wall at once; many phones not all in the same instant. What is being typed is not disturbed. */
function askAgain() {
  if (heard.waiting) return
  const spread = Number(page.dataset.spread ?? 0)
  heard.waiting = setTimeout(
    () => {
      heard.waiting = 0
      if (isTyping()) heard.pending = true
      else page.dispatchEvent(new CustomEvent('morning'))
    },
    30 + Math.random() * spread,
  )
}

function isTyping() {
  const field = document.activeElement?.closest?.('input:not([type=hidden]), textarea, select')
  return Boolean(field && (field.value !== field.defaultValue || field.matches(':user-invalid')))
}

document.addEventListener('focusout', () => {
  if (!heard.pending) return
  heard.pending = false
  askAgain()
})

function showPresence(here) {
  for (const place of document.querySelectorAll('[data-presence]')) {
    place.textContent = String(here)
    place.parentElement.hidden = false
  }
}

function tellLost(isLost) {
  for (const banner of document.querySelectorAll('[data-lost]')) banner.hidden = !isLost
}
