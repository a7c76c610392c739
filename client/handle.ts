// The handle of a page: all that the page can know and do about its shell cache.

import { builtWorkerUrl, isInspected, removalReason, reportUrl, speculates, speculationUrl } from './env.ts'
import { type Registered, registerWorker } from './register/registration.ts'
import { markFilled, measureWhenLoaded } from './measures.ts'
import { type Eagerness, toEagerness } from '../protocol/page/eagerness.ts'
import type { PageReport } from '../protocol/page/page-report.ts'
import { STARTED_OFFLINE } from '../protocol/wire.ts'
import { FROM_NETWORK, readPage } from './page.ts'
import { refusalOf, registerShare } from './register/rollout.ts'
import type { reportPage } from './report/report-page.ts'
import type { speculate } from './speculate/speculate.ts'
import { createStateStore, type Registration, type ShellCacheState } from './state.ts'
import { removeShellCache } from './register/unregister.ts'

/**
 * env.ts has the others. This one is read directly where it decides. It is empty if every browser gets the worker, and then bundlers leave
 * rollout.ts out. They could not see through a function.
 */
declare const process: { readonly env: { readonly SHELL_CACHE_SHARES?: string } }

/** How the page finds its worker. */
export type ShellCacheClientOptions = {
  /**
   * Path of the worker's script on this origin.
   *
   * @defaultValue `{basePath}/sw.js`, as the adapter built it
   */
  readonly workerUrl?: string | undefined
  /**
   * Called once for each page view, when the page is hidden or left, with how fast it was and what the shell cache contributed. Send it
   * with `navigator.sendBeacon()`, because browsers may drop other requests at that time. It says nothing about the visitor. Only the first
   * callback that is passed is used.
   */
  readonly onReport?: ((report: PageReport) => void) | undefined
  /**
   * Whether the browser prerenders stored pages whose links are pointed at, and how soon. The values are those of the build's option with
   * this name. A page that has started this does not stop.
   *
   * @defaultValue the option `speculate` of `withShellCache()`
   */
  readonly speculate?: boolean | Eagerness | undefined
}

/** What a page can know and do about its shell cache. A page has one handle. */
export type ShellCacheHandle = {
  /** The state now; the same object until it changes. */
  readonly getState: () => ShellCacheState
  /** Calls `listener` after each change of the state, until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void
  /** Asks the server for a newer worker. Rejects if none is registered or the network does not answer. */
  readonly update: () => Promise<void>
  /**
   * Lets a new build's waiting worker take over, and resolves when it has (`update: 'prompt'`). Resolves to false if none waits. Open pages
   * do not change; reload to see the new build.
   */
  readonly applyUpdate: () => Promise<boolean>
  /**
   * Tells the worker what this page has changed on the server, as paths and tags, or everything if you name none. Pages made from it come
   * from the network until there are newer shells. You need not call it for server actions. Resolves to true when it is noted, to false if
   * there is no worker.
   */
  readonly refresh: (...changed: readonly string[]) => Promise<boolean>
  /**
   * Deletes every stored page, including guarded ones. Call it on logout. Resolves to true when nothing is left, to false if there is no
   * worker or its database does not answer. Public pages are stored again at the next page load.
   */
  readonly purge: () => Promise<boolean>
  /** Removes the worker, its database and its caches. Resolves to false if there was none. */
  readonly unregister: () => Promise<boolean>
}

const store = createStateStore({ status: 'disabled', reason: 'registerShellCache() was not called.' })
let registered: ShellCacheHandle | undefined
let registeredUrl: string | undefined

/** The page's state, before and after {@link registerShellCache}. */
export const pageState: Pick<ShellCacheHandle, 'getState' | 'subscribe'> = {
  getState: store.get,
  subscribe: store.subscribe,
}

/**
 * Registers the worker once the page has loaded, so that the first visit is not slowed down. Call it in the browser. A second call returns
 * the handle of the first. Never throws: the state says what went wrong.
 *
 * Under `next dev` nothing is registered, and a worker that a production run left on this origin is removed.
 */
export function registerShellCache(options: ShellCacheClientOptions = {}): ShellCacheHandle {
  if (registered) warnOfOther(options)
  registered ??= register(options)
  startReport(options)
  startSpeculation(options)
  return registered
}

/** The first call decides. If the build makes each page register the worker, that is the first. Warns once. */
function warnOfOther({ workerUrl = registeredUrl }: ShellCacheClientOptions): void {
  if (workerUrl === registeredUrl) return
  console.warn(
    `[shell-cache] This page has already registered ${registeredUrl}, so ${workerUrl} does not answer its pages. Set \`register: false\` in withShellCache().`,
  )
  registeredUrl = workerUrl
}

/**
 * A separate script, not a chunk of the app's bundle: workers store what pages may load late, so every visitor of every app would download
 * the chunk.
 */
function startReport({ onReport, workerUrl = builtWorkerUrl() }: ShellCacheClientOptions): void {
  const url = onReport || isInspected() ? reportUrl() : undefined
  if (!url) return
  const page = {
    getState: store.get,
    scope: toScope(workerUrl),
    hasShares: Boolean(process.env.SHELL_CACHE_SHARES),
    isInspected: isInspected(),
  }
  load<ReportScript>(url)
    .then(({ reportPage }) => reportPage(onReport, page))
    .catch(() => {})
}

let isSpeculating = false

/** Also a separate script. Does nothing if the browser has no speculation rules. */
function startSpeculation({ speculate = speculates() ?? false }: ShellCacheClientOptions): void {
  const eagerness = toEagerness(speculate)
  const url = eagerness && HTMLScriptElement.supports?.('speculationrules') && speculationUrl()
  if (!url || isSpeculating) return
  isSpeculating = true
  load<SpeculationScript>(url)
    .then((script) => script.speculate(eagerness))
    .catch(() => {})
}

function load<Script>(url: string): Promise<Script> {
  return import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ url)
}

type ReportScript = { readonly reportPage: typeof reportPage }
type SpeculationScript = { readonly speculate: typeof speculate }

/** Notes that the holes of this page are filled, and that it is now as if it came from the network. */
export function noteFilled(): void {
  markFilled()
  store.setPage(FROM_NETWORK)
}

function register({ workerUrl = builtWorkerUrl() }: ShellCacheClientOptions): ShellCacheHandle {
  registeredUrl = workerUrl
  const setPage = (): void => store.setPage(readPage())
  setPage()
  addEventListener(STARTED_OFFLINE, setPage)
  measureWhenLoaded()
  const scope = toScope(workerUrl)
  const unregister = async (): Promise<boolean> => ('serviceWorker' in navigator ? removeShellCache(scope) : false)
  const idle = (state: Registration): ShellCacheHandle => {
    store.set(state)
    return {
      ...pageState,
      update: () => Promise.reject(new Error('[shell-cache] No worker is registered.')),
      applyUpdate: () => Promise.resolve(false),
      refresh: () => Promise.resolve(false),
      purge: () => Promise.resolve(false),
      unregister,
    }
  }
  if (!('serviceWorker' in navigator)) return idle({ status: 'unsupported' })
  const removal = removalReason()
  if (removal !== undefined) {
    void unregister()
    return idle({ status: 'disabled', reason: removal })
  }
  if (workerUrl === undefined)
    return idle({ status: 'disabled', reason: 'This build has no worker. `next build` printed why.' })
  store.set({ status: 'registering' })
  const register = (): Registered => registerWorker(workerUrl, scope, store)
  const registered = process.env.SHELL_CACHE_SHARES
    ? registerShare(register, store, refusalOf(workerUrl, scope, process.env.SHELL_CACHE_SHARES))
    : register()
  return { ...pageState, ...registered, unregister }
}

/** The folder of the script without its slash: `/docs` must be controlled as well as `/docs/…` (see next-config.ts). */
function toScope(workerUrl: string | undefined): string {
  return workerUrl?.replace(/\/[^/]*$/, '') || '/'
}
