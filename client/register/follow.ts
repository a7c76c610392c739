// Keeps the page's state equal to the registration's: `waiting` as long as a worker waits, in every tab, no matter which tab found it. Also
// keeps looking for newer workers.

import { messageSW } from 'workbox-window/messageSW.js'

import { isWorkerStatus, type ToWorker } from '../../protocol/page/messages.ts'
import type { StateStore } from '../state.ts'

/** Milliseconds: a worker that takes over by itself no longer waits then. */
const PASSING = 200
const MINUTE_MS = 60_000

export function follow(registration: ServiceWorkerRegistration, state: StateStore): void {
  const tell = (): void => void tellState(registration, state)
  const listen = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', tell)
  registration.addEventListener('updatefound', () => listen(registration.installing))
  listen(registration.installing)
  listen(registration.waiting)
  tell()
  keepChecking(registration)
}

/** Checks each hour, and when the visitor comes back: browsers check only at page loads, and some pages stay open for days. */
function keepChecking(registration: ServiceWorkerRegistration): void {
  let checked = Date.now()
  const check = (): void => {
    if (Date.now() - checked < MINUTE_MS) return
    checked = Date.now()
    registration.update().catch(() => {})
  }
  setInterval(check, 60 * MINUTE_MS)
  addEventListener('focus', check)
}

async function tellState(registration: ServiceWorkerRegistration, state: StateStore): Promise<void> {
  const { active, waiting } = registration
  // The active worker answers for now. A newer one would report its own build as the one that is served.
  if (!active) return
  if (waiting) {
    await new Promise((resolve) => setTimeout(resolve, PASSING))
    if (registration.waiting === waiting) state.set({ status: 'waiting' })
    return
  }
  const answer: unknown = await messageSW(active, { type: 'shell-cache:status' } satisfies ToWorker)
  if (registration.active !== active || registration.waiting || !isWorkerStatus(answer)) return
  state.set({ status: 'active', buildId: answer.buildId, records: answer.records })
}
