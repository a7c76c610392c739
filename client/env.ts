// The values that the adapter passes to the client through Next's `env`. Next replaces the names when it builds the app, so each must be
// written in full where it is read.

import type { Eagerness } from '../protocol/page/eagerness.ts'

declare const process: {
  readonly env: {
    readonly SHELL_CACHE_WORKER?: string
    readonly SHELL_CACHE_REMOVE?: string
    readonly SHELL_CACHE_WATCH?: string
    readonly SHELL_CACHE_HOLES?: string
    readonly SHELL_CACHE_REPORT?: string
    readonly SHELL_CACHE_SPECULATION?: string
    readonly SHELL_CACHE_SPECULATES?: Eagerness | ''
    readonly SHELL_CACHE_INSPECTED?: string
  }
}

/** The worker's path with `basePath`, or undefined if this build has no worker (the adapter said why). */
export function builtWorkerUrl(): string | undefined {
  return process.env.SHELL_CACHE_WORKER
}

/** Why the worker of an earlier build must be removed, or undefined. */
export function removalReason(): string | undefined {
  return process.env.SHELL_CACHE_REMOVE
}

/** The path of watch.ts as the adapter emitted it. */
export function watchUrl(): string | undefined {
  return process.env.SHELL_CACHE_WATCH
}

/** The path of holes.ts, likewise. */
export function holesUrl(): string | undefined {
  return process.env.SHELL_CACHE_HOLES
}

/** The path of report-page.ts, likewise. */
export function reportUrl(): string | undefined {
  return process.env.SHELL_CACHE_REPORT
}

/** The path of speculate.ts, likewise. */
export function speculationUrl(): string | undefined {
  return process.env.SHELL_CACHE_SPECULATION
}

/** How soon every page speculates, if the build's option says so. */
export function speculates(): Eagerness | undefined {
  return process.env.SHELL_CACHE_SPECULATES || undefined
}

/** Whether the worker keeps the reports of pages, for the inspector. */
export function isInspected(): boolean {
  return Boolean(process.env.SHELL_CACHE_INSPECTED)
}
