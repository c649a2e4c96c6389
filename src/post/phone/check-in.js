// The page reads and works without this. With it: a tap is kept while there is no network and sent once, with its own time.
const kept = 'taps'
const waiting = () => JSON.parse(localStorage.getItem(kept) ?? '[]')
const keep = (taps) => localStorage.setItem(kept, JSON.stringify(taps))
const told = document.getElementById('told')
const offline = document.getElementById('offline')

for (const form of document.querySelectorAll('form[data-tap]'))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const fields = new FormData(form, event.submitter)
    fields.set('at', new Date().toISOString())
    keep([...waiting(), [...fields]])
    for (const button of form.querySelectorAll('button')) button.disabled = true
    if (event.submitter) event.submitter.textContent = 'Kept'
    flush(event.submitter)
  })

async function flush(button) {
  for (const tap of waiting()) {
    const answer = await fetch(document.body.dataset.taps, {
      method: 'POST',
      body: new URLSearchParams(tap),
      headers: { accept: 'application/json' },
    }).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 401)
      return say('Kept on this phone; sent when there is a network.')
    keep(waiting().filter((one) => JSON.stringify(one) !== JSON.stringify(tap)))
    const { words } = await answer.json().catch(() => ({ words: '' }))
    say(words)
    if (button) button.textContent = answer.ok ? 'Done' : 'Refused'
  }
}

function say(words) {
  told.textContent = words
  told.hidden = !words
}

function tellAge() {
  const minutes = Math.floor((Date.now() - Date.parse(document.body.dataset.asof)) / 60000)
  if (minutes < 3 && navigator.onLine) return
  offline.querySelector('span').textContent = minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
  offline.hidden = false
}

addEventListener('online', () => flush())
addEventListener('pageshow', () => {
  if (!navigator.onLine) tellAge()
})
addEventListener('offline', tellAge)
if (document.body.dataset.old) tellAge()
flush()

const policy = globalThis.trustedTypes?.createPolicy('check-in', { createScriptURL: (url) => url })
const worker = document.body.dataset.worker
if ('serviceWorker' in navigator && worker)
  navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker, { scope: '/check-in' })

const wake = document.getElementById('wake')
if (wake && 'PushManager' in globalThis && wake.dataset.key) {
  wake.hidden = false
  wake.addEventListener('click', async () => {
    const ready = await navigator.serviceWorker.ready
    const phone = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wake.dataset.key })
    const sent = await fetch(wake.dataset.phones, {
      method: 'POST',
      body: JSON.stringify(phone),
      headers: { 'content-type': 'application/json' },
    })
    wake.textContent = sent.ok ? 'This phone will be woken' : 'That did not work'
  })
}

// What changes in the room changes here, unless something is being written.
if (document.body.dataset.live && navigator.onLine) {
  const source = new EventSource(document.body.dataset.live)
  source.addEventListener('morning', () => {
    const isWriting = [...document.querySelectorAll('input[type=text]')].some((field) => field.value !== '')
    if (!isWriting && waiting().length === 0) setTimeout(() => location.reload(), 300 + Math.random() * 2000)
  })
}
