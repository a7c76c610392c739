importScripts('/sw.js')

self.addEventListener('fetch', (event) => {
  if (event.request.destination === 'image') event.respondWith(cacheFirst(event.request))
})

async function cacheFirst(request) {
  const pictures = await caches.open('pictures')
  const known = await pictures.match(request)
  if (known) return known
  const response = await fetch(request)
  if (response.ok) await pictures.put(request, response.clone())
  return response
}
