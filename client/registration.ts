// Registers the worker after the page has loaded and keeps the state store up to date.

import { Workbox } from 'workbox-window/Workbox.js'

import { isDone, isWorkerStatus, type ToWorker } from '../protocol/messages.ts'
import type { StateStore } from './state.ts'

/** Milliseconds; a worker that has to start and a database that is slow answer in fewer. */
const PATIENCE = 10_000

export type Registered = {
  readonly update: () => Promise<void>
  readonly applyUpdate: () => Promise<boolean>
  readonly refresh: (...changed: readonly string[]) => Promise<boolean>
  readonly purge: () => Promise<boolean>
}

/** @param workerUrl - Path of the worker's script, with `basePath`. */
export function registerWorker(workerUrl: string, scope: string, state: StateStore): Registered {
  // The browser asks the network for the script itself, whatever max-age a host gave it (e2e/fault-matrix/fault-index.ts F41).
  const workbox = new Workbox(workerUrl, { scope, updateViaCache: 'none' })
  const report = (): void => void reportActive(workbox, state)
  workbox.addEventListener('activated', report)
  workbox.addEventListener('controlling', report)
  workbox.addEventListener('waiting', () => state.set({ status: 'waiting' }))
  workbox.register().then(
    (registration) => registration?.active && report(),
    (error: unknown) => state.set({ status: 'error', message: toMessage(error) }),
  )
  return {
    update: () => workbox.update(),
    applyUpdate: () => applyUpdate(scope),
    refresh: (...changed) => isDoneBy(workbox, { type: 'shell-cache:refresh', changed: changed.join(',') || '*' }),
    purge: () => isDoneBy(workbox, { type: 'shell-cache:purge' }),
  }
}

async function applyUpdate(scope: string): Promise<boolean> {
  const waiting = (await navigator.serviceWorker.getRegistration(scope))?.waiting
  if (!waiting) return false
  const taken = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
  )
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  waiting.postMessage({ type: 'shell-cache:skip-waiting' } satisfies ToWorker)
  await taken
  return true
}

async function isDoneBy(workbox: Workbox, question: ToWorker): Promise<boolean> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
  const answer: unknown = await Promise.race([workbox.messageSW(question), late])
  return isDone(answer) && answer.ok
}

async function reportActive(workbox: Workbox, state: StateStore): Promise<void> {
  const question: ToWorker = { type: 'shell-cache:status' }
  const answer: unknown = await workbox.messageSW(question)
  if (isWorkerStatus(answer)) state.set({ status: 'active', buildId: answer.buildId, records: answer.records })
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
