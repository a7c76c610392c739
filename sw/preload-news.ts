// Turns navigation preload on where the browser can send everything else past the worker, and keeps the origin told of what this
// browser has. Called by with-options.ts.
//
// Only where the browser has static routes (Chromium): with preload on, a navigation that the worker lets through is sent twice,
// and one that it passes on is cut by Firefox after half a minute (facts.md).

import { formatPreloadHeader } from '../protocol/wire.ts'
import type { WorkerConfig } from '../protocol/worker-config.ts'
import { withDeadline } from './deadline.ts'
import { readNews } from './store/news.ts'
import { whenWritten } from './store/transaction.ts'

/** Milliseconds that a change waits for the browser to take the header. */
const PATIENCE = 500

/** Whether this browser takes part; elsewhere the worker must go on letting through what is not its own. */
export function canPreload(): boolean {
  return typeof InstallEvent !== 'undefined' && 'addRoutes' in InstallEvent.prototype
}

/** To be called while the script is first evaluated. */
export function tellPreloads(scope: ServiceWorkerGlobalScope, { buildId }: WorkerConfig): void {
  let telling: Promise<void> | undefined
  const tell = async (): Promise<void> => {
    telling = undefined
    // The header is the registration's: a worker that waits must not speak for the one that answers.
    if (scope.serviceWorker.state !== 'activated') return
    await scope.registration.navigationPreload.setHeaderValue(formatPreloadHeader(await readNews(buildId)))
  }
  // Once for all that one event changes; and before a page hears of its own write, so that its next navigation asks for what it
  // needs.
  whenWritten(() => {
    telling ??= Promise.resolve().then(tell)
    return withDeadline(telling, PATIENCE).catch(() => {})
  })
}

/** To be called in `activate`. Never rejects: without preload a navigation asks by itself. */
export async function turnPreloadOn(
  { registration }: ServiceWorkerGlobalScope,
  { buildId }: WorkerConfig,
): Promise<void> {
  try {
    await registration.navigationPreload.setHeaderValue(formatPreloadHeader(await readNews(buildId)))
    await registration.navigationPreload.enable()
  } catch {
    await registration.navigationPreload.disable().catch(() => {})
  }
}

declare const InstallEvent: { readonly prototype: object }
