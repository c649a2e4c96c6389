// Keeps the last page for when there is no network, and shows what is pushed. The page itself tells how old it is.
const shelf = 'check-in'
const page = '/check-in'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const isPage = event.request.mode === 'navigate' && new URL(event.request.url).pathname === page
  if (isPage) event.respondWith(fresh(event.request))
})

async function fresh(request) {
  const shelves = await caches.open(shelf)
  try {
    const answer = await Promise.race([fetch(request), tooLong()])
    if (answer.ok && !answer.redirected) await shelves.put(page, answer.clone())
    return answer
  } catch {
    const last = await shelves.match(page)
    if (!last) return new Response('No network, and nothing was kept yet.', { status: 503 })
    const words = (await last.text()).replace('<body ', '<body data-old="yes" ')
    return new Response(words, { status: 200, headers: last.headers })
  }
}

// A network that hangs is none.
function tooLong() {
  return new Promise((_, refuse) => setTimeout(() => refuse(new Error('no answer')), 8000))
}

self.addEventListener('push', (event) => {
  const { title, body, path } = event.data?.json() ?? { title: 'Muster', body: '', path: page }
  event.waitUntil(self.registration.showNotification(title, { body, tag: path, data: { path } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const path = event.notification.data?.path ?? page
  const isOurs = path.startsWith('/') && !path.startsWith('//')
  event.waitUntil(self.clients.openWindow(isOurs ? path : page))
})
