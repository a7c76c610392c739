// What a page and its worker say to each other. Each side checks the shape before it acts: any script of the origin can post.

import { isArrayOf, isCount, isObject, isString } from '../json-shape.ts'
import type { RouteEntry } from '../build/route-match.ts'
import type { HeaderList, RecordKey } from '../record/record.ts'

/**
 * Each message but `skip-waiting` and `pressed` comes with a port for the answer. `changed` is what a page knows to have changed, in the
 * form of the header `shell-cache-invalidate`.
 */
export type ToWorker =
  | {
      readonly type:
        | 'shell-cache:status'
        | 'shell-cache:skip-waiting'
        | 'shell-cache:purge'
        | 'shell-cache:watch'
        | 'shell-cache:notes'
        | 'shell-cache:links'
        | 'shell-cache:pressed'
    }
  | { readonly type: 'shell-cache:refresh'; readonly changed: string }

/** Answers `shell-cache:status`. */
export type WorkerStatus = {
  readonly type: 'shell-cache:status'
  readonly buildId: string
  /** Records of this build in the database; 0 if the database does not answer. */
  readonly records: number
}

/** Answers `shell-cache:purge` when nothing is stored any more or the database refused, and `shell-cache:refresh` when it was noted. */
export type Done = { readonly type: 'shell-cache:done'; readonly ok: boolean }

/**
 * Answers `shell-cache:watch` about the response that the asking page is made of: `open` immediately and then how it ended, or
 * `unknown` if this worker is not writing one.
 */
export type StreamState = {
  readonly type: 'shell-cache:stream'
  readonly state: 'open' | 'unknown' | Ending
}

/**
 * How an assembled response ended. After `recovery`, `outdated` and `unfit` the page reloads itself once: after `outdated` because its
 * shell is no longer the page's, after `unfit` because it began early with data that its rest did not have. After `offline` it starts by
 * itself and fills its holes when the origin answers again; after `stranded` it cannot, and is loaded again then.
 */
export type Ending = 'complete' | 'recovery' | 'outdated' | 'unfit' | 'offline' | 'stranded' | 'abandoned'

/** Answers `shell-cache:notes`: what the worker knows of the navigation that led to the asking page. An older worker does not answer. */
export type PageNotes = {
  /** What its store had: `usable`, `invalidated`, `expired` or `none`. Absent if nothing could have been stored. */
  readonly lookup?: string | undefined
  /** Why the origin refused to resume. */
  readonly refusal?: string | undefined
  /** What followed the shell: a kind of sw/transport/rest.ts. */
  readonly rest?: string | undefined
  /** Of the stored shell. */
  readonly bytes?: number | undefined
  /** No shells are shown in this browser for a day (sw/store/alarm.ts). */
  readonly rests: boolean
}

/** Answers `shell-cache:links`: what a page may have its browser prerender. */
export type WorkerLinks = {
  readonly type: 'shell-cache:links'
  readonly buildId: string
  readonly basePath: string
  readonly trailingSlash: boolean
  readonly routes: readonly RouteEntry[]
  /** Of the asking page, if they are stored. */
  readonly headers: HeaderList
  /** What is in the database, of every build. */
  readonly uses: readonly { readonly buildId: string; readonly key: RecordKey }[]
}

/** Checks the form only: a worker ignores a type that it does not know. */
export function isToWorker(value: unknown): value is ToWorker {
  return isObject(value) && (value['type'] !== 'shell-cache:refresh' || isString(value['changed']))
}

export function isWorkerStatus(value: unknown): value is WorkerStatus {
  return (
    isObject(value) && value['type'] === 'shell-cache:status' && isString(value['buildId']) && isCount(value['records'])
  )
}

export function isDone(value: unknown): value is Done {
  return isObject(value) && value['type'] === 'shell-cache:done' && typeof value['ok'] === 'boolean'
}

/** Checks names only, against no list of states: the page's script is a few hundred bytes that every page loads. */
export function isStreamState(value: unknown): value is StreamState {
  return isObject(value) && value['type'] === 'shell-cache:stream' && isString(value['state'])
}

export function isWorkerLinks(value: unknown): value is WorkerLinks {
  return (
    isObject(value) &&
    value['type'] === 'shell-cache:links' &&
    isString(value['buildId']) &&
    isString(value['basePath']) &&
    typeof value['trailingSlash'] === 'boolean' &&
    isArrayOf(value['routes'], isRoute) &&
    isArrayOf(value['headers'], isHeader) &&
    isArrayOf(value['uses'], isUse)
  )
}

function isUse(value: unknown): value is WorkerLinks['uses'][number] {
  return isObject(value) && isString(value['buildId']) && isString(value['key'])
}

function isHeader(value: unknown): value is HeaderList[number] {
  return isArrayOf(value, isString) && value.length === 2
}

function isRoute(value: unknown): value is RouteEntry {
  return isObject(value) && isString(value['pattern']) && isString(value['mode'])
}

export function isPageNotes(value: unknown): value is PageNotes {
  return (
    isObject(value) &&
    typeof value['rests'] === 'boolean' &&
    [value['lookup'], value['refusal'], value['rest']].every((name) => name === undefined || isString(name)) &&
    (value['bytes'] === undefined || isCount(value['bytes']))
  )
}
