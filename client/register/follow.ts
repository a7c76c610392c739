// Keeps the page's state as the registration has it: `waiting` for as long as a worker waits, in every tab, no matter which tab found it; and keeps
// looking for newer ones.

import { messageSW } from 'workbox-window/messageSW.js'

import { isWorkerStatus, type ToWorker } from '../../protocol/page/messages.ts'
import type { StateStore } from '../state.ts'

/** Milliseconds: one that takes over by itself has gone on by then. */
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

/** Each hour, and when the visitor comes back: browsers ask by themselves at page loads alone, and some pages stay open for days. */
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
  // The one that is there answers until then; another would say that its own build is served.
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
