// Registers the worker after the page has loaded and keeps the state store up to date.

import { messageSW } from 'workbox-window/messageSW.js'

import { isDone, type ToWorker } from '../../protocol/page/messages.ts'
import { follow } from './follow.ts'
import { inTime } from './in-time.ts'
import type { StateStore } from '../state.ts'

export type Registered = {
  readonly update: () => Promise<void>
  readonly applyUpdate: () => Promise<boolean>
  readonly refresh: (...changed: readonly string[]) => Promise<boolean>
  readonly purge: () => Promise<boolean>
}

/** @param workerUrl - Path of the worker's script, with `basePath`. */
export function registerWorker(workerUrl: string, scope: string, state: StateStore): Registered {
  const registered = untilIdle().then(() => register(workerUrl, scope))
  registered.then(
    (registration) => follow(registration, state),
    (error: unknown) => state.set({ status: 'error', message: toMessage(error) }),
  )
  const ask = (question: ToWorker): Promise<boolean> => isDoneBy(registered, scope, question)
  return {
    update: async () => void (await (await registered).update()),
    applyUpdate: () => applyUpdate(registered),
    refresh: (...changed) => ask({ type: 'shell-cache:refresh', changed: changed.join(',') || '*' }),
    purge: () => ask({ type: 'shell-cache:purge' }),
  }
}

async function register(workerUrl: string, scope: string): Promise<ServiceWorkerRegistration> {
  // `none`: the browser always fetches the script from the network, whatever max-age a host gave it (e2e/fault-matrix/fault-index.ts F41).
  const registerFor = (scope: string): Promise<ServiceWorkerRegistration> =>
    navigator.serviceWorker.register(workerUrl, { scope, updateViaCache: 'none' })
  try {
    return await registerFor(scope)
  } catch (error) {
    // Without the header `Service-Worker-Allowed`, which a host may drop, a worker can control every page but the app's root page.
    if (!isOutOfReach(error) || scope.endsWith('/')) throw error
    return registerFor(`${scope}/`)
  }
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'SecurityError'
}

/** The longest wait for a page that is never idle. */
const IDLE_WITHIN_MS = 3000

/**
 * Waits until the page has loaded with its pictures and is idle, so that an install never downloads while the visitor waits for the page.
 */
async function untilIdle(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
  // Safari has no idle callbacks.
  const whenIdle = self.requestIdleCallback ?? setTimeout
  await new Promise<unknown>((resolve) => whenIdle(resolve, { timeout: IDLE_WITHIN_MS }))
}

async function applyUpdate(registered: Promise<ServiceWorkerRegistration>): Promise<boolean> {
  const { waiting } = await registered.catch(() => ({ waiting: null }))
  if (!waiting) return false
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  )
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  waiting.postMessage({ type: 'shell-cache:skip-waiting' } satisfies ToWorker)
  await taken
  return true
}

/** Asks the worker that answers the pages, not one that waits. On a first visit it asks the one that is being installed. */
async function isDoneBy(
  registered: Promise<ServiceWorkerRegistration>,
  scope: string,
  question: ToWorker,
): Promise<boolean> {
  const own = async (): Promise<ServiceWorker | null | undefined> => {
    const active = (await navigator.serviceWorker.getRegistration(scope))?.active
    if (active) return active
    const registration = await registered
    return registration.active ?? registration.waiting ?? registration.installing
  }
  const answer = await inTime(own().then((worker): unknown => worker && messageSW(worker, question)))
  return isDone(answer) && answer.ok
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
