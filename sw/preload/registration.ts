// Turns navigation preload on if the browser can send everything else past the worker, and keeps the origin informed of what this browser
// shows. Must be called while the script is first evaluated.
//
// Only for browsers with static routes (Chromium): with preload on, a navigation that the worker lets through is sent twice, and if
// the worker passes it on instead, Firefox cuts it off after half a minute (docs/discoveries/browsers.md).

import { formatPreloadHeader, namedBuild } from '../../protocol/shell-inventory.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withDeadline } from '../util/async.ts'
import type { Extras } from '../routing/routes.ts'
import { readInventory } from './inventory.ts'
import { whenWritten } from '../store/transaction.ts'
import type { AskForRest } from '../transport/continuation.ts'
import { PLAIN } from '../transport/plain.ts'
import { byPreload, keepPreload } from './transport.ts'
import { isSwitchedOff } from '../transport/switch.ts'
import { KEPT_PAGE_MS, PRELOAD_HEADER_MS } from '../util/timeouts.ts'

/**
 * The ways to the network in this browser. Must be called before any other code listens for requests: a preload may bring half a
 * page, which other code must not get (transport.ts).
 *
 * @param askForRest - Used if there is no preload, or it brought nothing useful.
 */
export function networkExtras(
  scope: ServiceWorkerGlobalScope,
  config: WorkerConfig,
  askForRest: AskForRest = PLAIN.askForRest,
): Extras {
  if (!config.preload || !canPreload()) return { network: { ...PLAIN, askForRest } }
  const { transport } = config
  const buildId = namedBuild(config)
  // To get whole documents, this browser says that it has no shell.
  const nothing = { buildId, hasAll: false, named: new Map() }
  const header = async (): Promise<string> =>
    formatPreloadHeader(transport === 'auto' ? { ...(await readInventory(config.buildId)), buildId } : nothing)
  const skipped = skipping(scope)
  tellChanges(scope, header, skipped)
  scope.addEventListener('fetch', (event) => {
    if (event.request.mode !== 'navigate') return
    keepPreload(event, config)
    event.waitUntil(skipped.end())
  })
  return {
    network: { ...byPreload(askForRest), skipPreload: skipped.begin },
    takesAllNavigations: true,
    onActivate: () => turnPreloadOn(scope, header),
  }
}

/** Whether this browser takes part. In others the worker must still let through what is not its own. */
export function canPreload(): boolean {
  return typeof InstallEvent !== 'undefined' && 'addRoutes' in InstallEvent.prototype
}

type Skipping = {
  readonly isOn: () => boolean
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

/** Turns the preload off for the next navigation. The browser sends it before any worker can say that the page is already here. */
function skipping({ registration }: ServiceWorkerGlobalScope): Skipping {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = async (): Promise<void> => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    if (!isSwitchedOff()) await registration.navigationPreload.enable().catch(() => {})
  }
  const begin = (): Promise<void> => {
    clearTimeout(timer)
    timer = setTimeout(end, KEPT_PAGE_MS)
    return registration.navigationPreload.disable()
  }
  return { isOn: () => timer !== undefined, begin, end }
}

function tellChanges(scope: ServiceWorkerGlobalScope, header: () => Promise<string>, skipped: Skipping): void {
  let telling: Promise<void> | undefined
  let isSure = false
  const tell = async (): Promise<void> => {
    telling = undefined
    // The header belongs to the registration: a waiting worker must not speak for the active one.
    if (scope.serviceWorker.state !== 'activated') return
    const { navigationPreload } = scope.registration
    await navigationPreload.setHeaderValue(await header())
    // A worker that was stopped while it skipped a preload has left preload off.
    if (isSure || skipped.isOn() || isSwitchedOff()) return
    isSure = true
    await navigationPreload.enable()
  }
  // Once for all changes of one event, and before a page hears of its own write, so that its next navigation asks for what it
  // needs.
  whenWritten(() => {
    telling ??= Promise.resolve().then(tell)
    return withDeadline(telling, PRELOAD_HEADER_MS).catch(() => {})
  })
}

/** Never rejects: without preload the worker makes the request of a navigation. */
async function turnPreloadOn({ registration }: ServiceWorkerGlobalScope, header: () => Promise<string>): Promise<void> {
  try {
    await registration.navigationPreload.setHeaderValue(await header())
    await registration.navigationPreload.enable()
  } catch {
    await registration.navigationPreload.disable().catch(() => {})
  }
}

declare const InstallEvent: { readonly prototype: object }
