/// <reference lib="webworker" />
// The shop's own worker: push messages in addition to the stored shells. The option `worker` of next.config.ts bundles it into /sw.js.

import { installShellCache } from 'next-shell-cache/sw'

declare const self: ServiceWorkerGlobalScope

installShellCache()

/** The JSON that the shop's server sends. */
type News = { readonly title: string; readonly body: string; readonly path: string }

function isNews(value: unknown): value is News {
  const names = ['title', 'body', 'path']
  return (
    typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'string')
  )
}

self.addEventListener('push', (event) => {
  const news: unknown = event.data?.json()
  if (!isNews(news)) return
  const { title, body, path } = news
  event.waitUntil(self.registration.showNotification(title, { body, icon: '/icon-192.png', tag: path, data: path }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(show(String(event.notification.data)))
})

/** Focuses a tab that has the page open, or opens a new tab. */
async function show(path: string): Promise<void> {
  const { href } = new URL(path, self.location.origin)
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = tabs.find(({ url }) => url === href)
  await (open ? open.focus() : self.clients.openWindow(href))
}
