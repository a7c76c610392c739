// Turns navigation preload on where the browser can send everything else past the worker, and keeps the origin told of what this browser
// shows. To be called while the script is first evaluated.
//
// Only where the browser has static routes (Chromium): with preload on, a navigation that the worker lets through is sent twice,
// and one that it passes on is cut by Firefox after half a minute (docs/discoveries/browsers.md).

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
 * The ways to the network of this browser. To be called before anybody else listens for requests: what a preload brings may be
 * half a page, which others must not be given (transport.ts).
 *
 * @param askForRest - Where there is no preload, or it brought nothing of use.
 */
export function networkExtras(
  scope: ServiceWorkerGlobalScope,
  config: WorkerConfig,
  askForRest: AskForRest = PLAIN.askForRest,
): Extras {
  if (!config.preload || !canPreload()) return { network: { ...PLAIN, askForRest } }
  const { transport } = config
  const buildId = namedBuild(config)
  // Anyone who wants whole documents says of nothing that it is here.
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

/** Whether this browser takes part; elsewhere the worker must go on letting through what is not its own. */
export function canPreload(): boolean {
  return typeof InstallEvent !== 'undefined' && 'addRoutes' in InstallEvent.prototype
}

type Skipping = {
  readonly isOn: () => boolean
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

/** No preload for the navigation that comes next. The browser sends one before any worker can say that the page is here already. */
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
    // The header is the registration's: a worker that waits must not speak for the one that answers.
    if (scope.serviceWorker.state !== 'activated') return
    const { navigationPreload } = scope.registration
    await navigationPreload.setHeaderValue(await header())
    // A worker that was stopped while it skipped one has left it off.
    if (isSure || skipped.isOn() || isSwitchedOff()) return
    isSure = true
    await navigationPreload.enable()
  }
  // Once for all that one event changes; and before a page hears of its own write, so that its next navigation asks for what it
  // needs.
  whenWritten(() => {
    telling ??= Promise.resolve().then(tell)
    return withDeadline(telling, PRELOAD_HEADER_MS).catch(() => {})
  })
}

/** Never rejects: without preload a navigation asks by itself. */
async function turnPreloadOn({ registration }: ServiceWorkerGlobalScope, header: () => Promise<string>): Promise<void> {
  try {
    await registration.navigationPreload.setHeaderValue(await header())
    await registration.navigationPreload.enable()
  } catch {
    await registration.navigationPreload.disable().catch(() => {})
  }
}

declare const InstallEvent: { readonly prototype: object }
