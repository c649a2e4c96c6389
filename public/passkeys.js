// A passkey of this device or of a key in the hand. The forms show themselves only where the browser knows how.
const canAsk = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = !canAsk
  form.closest('[data-with-passkey]')?.toggleAttribute('hidden', !canAsk)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    form.querySelector('button').disabled = true
    ask(form)
      .catch((error) => tell(form, error.message))
      .finally(() => {
        form.querySelector('button').disabled = false
      })
  })
}

async function ask(form) {
  const options = await post(form.dataset.challenge, {})
  const credential =
    form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  const said = Object.fromEntries(new FormData(form))
  const { next } = await post(form.getAttribute('action'), { ...said, credential: credential.toJSON() })
  location.assign(next)
}

async function post(address, body) {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  const said = await answer.json()
  if (!answer.ok) throw new Error([said.title, said.detail].filter(Boolean).join('. '))
  return said
}

function tell(form, words) {
  const line = form.parentElement.querySelector('[role=status]')
  line.textContent = words
}
