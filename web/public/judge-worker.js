// Opens the judge's page without a line. Only where the browser allows it (https or localhost).
//
// It keeps the page's shell and the hashed files that the page has asked for; everything else goes to the network as ever.
const CACHE = 'judge-1'
const SHELL = '/judge'
const isShell = (path) => path === SHELL || /^\/c\/[0-9a-z]+\/judge$/.test(path)
const isPart = (path) => path.startsWith('/assets/') || path === '/mark.svg' || path === '/awake.mp4'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.add(SHELL))
      .then(() => self.skipWaiting()),
  )
})
self.addEventListener('activate', (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
  event.waitUntil(
    caches
      .keys()
      .then(old)
      .then(() => self.clients.claim()),
  )
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  if (isShell(url.pathname)) event.respondWith(shell(event.request))
  else if (isPart(url.pathname)) event.respondWith(part(event.request))
})

/** The newest page where there is a line, else the one that was kept. */
async function shell(request) {
  const cache = await caches.open(CACHE)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000) })
    if (answer.ok) await cache.put(SHELL, answer.clone())
    return answer
  } catch {
    return (await cache.match(SHELL)) ?? Response.error()
  }
}

/** Names of parts carry a hash: what was kept is right. */
async function part(request) {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request, { ignoreSearch: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.status === 200) await cache.put(request, answer.clone())
  return answer
}
