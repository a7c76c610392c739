// Registers the worker after the page has loaded and keeps the state store up to date. Called by index.ts, once a page.

import { Workbox } from 'workbox-window/Workbox.js'

import { isWorkerStatus, type ToWorker } from '../protocol/messages.ts'
import type { StateStore } from './state.ts'

export type Registered = {
  readonly update: () => Promise<void>
}

/** @param workerUrl - Path of the worker's script, with `basePath`. */
export function registerWorker(workerUrl: string, scope: string, state: StateStore): Registered {
  // The browser asks the network for the script itself, whatever max-age a host gave it (reference/reliability.md F41).
  const workbox = new Workbox(workerUrl, { scope, updateViaCache: 'none' })
  const report = (): void => void reportActive(workbox, state)
  workbox.addEventListener('activated', report)
  workbox.addEventListener('controlling', report)
  workbox.addEventListener('waiting', () => state.set({ status: 'waiting' }))
  workbox.register().then(
    (registration) => registration?.active && report(),
    (error: unknown) => state.set({ status: 'error', message: toMessage(error) }),
  )
  return { update: () => workbox.update() }
}

async function reportActive(workbox: Workbox, state: StateStore): Promise<void> {
  const question: ToWorker = { type: 'shell-cache:status' }
  const answer: unknown = await workbox.messageSW(question)
  if (isWorkerStatus(answer)) state.set({ status: 'active', buildId: answer.buildId, records: answer.records })
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
