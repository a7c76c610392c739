'use client'

import { useShellCache } from 'next-shell-cache/react'
import { useEffect } from 'react'

/** Removes what the former worker has stored, once the new one is active. Delete this when few visitors of the former worker are left. */
export function OldWorker() {
  const { status } = useShellCache()
  useEffect(() => {
    if (status === 'active') void removeWhatIsLeft()
  }, [status])
  return null
}

async function removeWhatIsLeft() {
  const registrations = await navigator.serviceWorker.getRegistrations()
  const others = registrations.filter(({ scope }) => new URL(scope).pathname !== '/') // with a basePath: that, without a slash
  await Promise.all(others.map((registration) => registration.unregister()))
  const names = await caches.keys()
  const old = names.filter((name) => !name.startsWith('next-shell-cache:'))
  await Promise.all(old.map((name) => caches.delete(name)))
  for (const name of ['workbox-expiration', 'serwist-expiration']) indexedDB.deleteDatabase(name)
}
