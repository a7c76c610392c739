// The messages between the worker of a build with `inspector: true` and the inspector's page (client/inspector/). The worker has the data,
// the page draws it; neither trusts the other's shape.

import { isArrayOf, isCount, isObject, isString } from '../json-shape.ts'
import type { Ending } from './messages.ts'
import { isPageReport, type PageReport } from './page-report.ts'
import type { Refusal } from '../verdict.ts'
import type { Outcome } from '../wire.ts'

/** The path of the page, below `basePath`. */
export const INSPECTOR_PATH = '/_shell-cache/inspector'
/** The page's own file, below `/_next/static/shell-cache/`. */
export const INSPECTOR_FILE = 'inspector.html'
/** The id of the element in that file that holds the build's report ({@link InspectedBuild} as JSON). */
export const BUILD_ELEMENT = 'build'

/** What the worker pretends for navigations and everything that it fetches: that there is no network, or that the origin refuses. */
export const SIMULATIONS = ['nothing', 'offline', 'refusal'] as const
export type Simulation = (typeof SIMULATIONS)[number]

/**
 * `inspect` comes with a port and is answered with an {@link Inspection}, `simulate` with `shell-cache:done`. `reported` is not answered:
 * the page that sends it is being left.
 */
export type ToInspectedWorker =
  | { readonly type: 'shell-cache:inspect' }
  | { readonly type: 'shell-cache:simulate'; readonly simulation: Simulation }
  | ({ readonly type: 'shell-cache:reported' } & Reported)

/** What a page has reported of itself when it was left. */
export type Reported = {
  /** When its navigation began, in milliseconds since the epoch. */
  readonly at: number
  readonly report: PageReport
}

export type Inspection = {
  readonly type: 'shell-cache:inspection'
  readonly buildId: string
  readonly records: readonly InspectedRecord[]
  /** The newest first. */
  readonly visits: readonly Visit[]
  /** The newest first. */
  readonly reports: readonly Reported[]
  readonly simulation: Simulation
  /** Until when shells rest in this browser, in milliseconds since the epoch; undefined if they do not. */
  readonly restsUntil: number | undefined
}

export type InspectedRecord = {
  readonly key: string
  readonly route: string
  readonly kind: 'static' | 'resuming'
  readonly digest: string
  /** Of shell, state and segments. */
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** Seconds; see `Lifetime` of record.ts. */
  readonly revalidate: number | undefined
  readonly expire: number | undefined
  /** Made from something that is known to have changed since. */
  readonly isInvalidated: boolean
  /** How many visits it has answered in this browser. */
  readonly hits: number
  /** Its page's policy lets it write speculation rules. */
  readonly permitsRules: boolean
}

/** What the store had for a visit, in the words of the ladder; also `none` if the store did not answer in time. */
export type Lookup = 'usable' | 'unseen' | 'invalidated' | 'expired' | 'none'

/**
 * The answer to the request for what follows a shell: the rest, the whole document, a refusal, a response that is not our origin's,
 * something that cannot follow (a redirect, an error page), none within the deadline, or a network that failed.
 */
export type Reply = 'resumed' | 'document' | 'refused' | 'unanswered' | 'other' | 'late' | 'failed'

/** One navigation, from the moment at which the browser had it ready for the worker. */
export type Visit = {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly path: string
  /** How it was answered: from a record ({@link Outcome}), by the network, by the offline page, or not at all. */
  readonly outcome: Outcome | 'network' | 'offline-page' | 'failed'
  /** Undefined if no record could have answered it. */
  readonly mode: 'instant' | 'gated' | undefined
  /** The visitor had the page already: a reload. */
  readonly isRepeat: boolean
  readonly lookup: Lookup | undefined
  readonly digest: string | undefined
  readonly reply: Reply | undefined
  readonly refusal: Refusal | undefined
  readonly isPreloaded: boolean
  /** Its holes showed what they had shown before, until the rest arrived. */
  readonly hadStaleHoles: boolean
  readonly ending: Ending | undefined
  readonly simulation: Simulation
  readonly times: VisitTimes
}

/** Milliseconds since `at`; undefined if it did not happen. */
export type VisitTimes = {
  /** When the worker's first event came, if the worker had to start. */
  readonly boot: number | undefined
  /** When the worker had the navigation. */
  readonly received: number
  /** When the store had answered, or was given up on. */
  readonly store: number | undefined
  /** When the response began. */
  readonly firstByte: number
  /** When the origin, or the network, had answered the request. */
  readonly reply: number | undefined
  /** When the first and the last bytes behind the shell passed. */
  readonly firstHole: number | undefined
  readonly lastHole: number | undefined
  readonly end: number
}

/** What the build knows: its pages with their modes and reasons, and every option as it was used. */
export type InspectedBuild = {
  readonly buildId: string
  readonly workerUrl: string
  readonly pages: readonly InspectedPage[]
  readonly options: { readonly [name: string]: unknown }
  readonly defaults: { readonly [name: string]: unknown }
}

export type InspectedPage = {
  readonly key: string
  readonly mode: 'instant' | 'gated' | 'off'
  readonly reason: string
  readonly shellBytes: number
}

export function isToInspectedWorker(value: unknown): value is ToInspectedWorker {
  if (!isObject(value)) return false
  if (value['type'] === 'shell-cache:inspect') return true
  if (value['type'] === 'shell-cache:reported') return isReported(value)
  return value['type'] === 'shell-cache:simulate' && SIMULATIONS.some((known) => known === value['simulation'])
}

/** Checks what the page would fail on; the rest is only shown. */
export function isInspection(value: unknown): value is Inspection {
  return (
    isObject(value) &&
    value['type'] === 'shell-cache:inspection' &&
    isString(value['buildId']) &&
    isString(value['simulation']) &&
    isArrayOf(value['records'], isInspectedRecord) &&
    isArrayOf(value['visits'], isVisit) &&
    isArrayOf(value['reports'], isReported)
  )
}

function isReported(value: unknown): value is Reported {
  return isObject(value) && typeof value['at'] === 'number' && value['at'] >= 0 && isPageReport(value['report'])
}

function isInspectedRecord(value: unknown): value is InspectedRecord {
  return isObject(value) && isString(value['key']) && isString(value['digest']) && isCount(value['bytes'])
}

function isVisit(value: unknown): value is Visit {
  return isObject(value) && isString(value['path']) && isString(value['outcome']) && isObject(value['times'])
}

export function isInspectedBuild(value: unknown): value is InspectedBuild {
  return (
    isObject(value) &&
    isString(value['buildId']) &&
    isString(value['workerUrl']) &&
    isObject(value['options']) &&
    isObject(value['defaults']) &&
    isArrayOf(value['pages'], isInspectedPage)
  )
}

function isInspectedPage(value: unknown): value is InspectedPage {
  return isObject(value) && isString(value['key']) && isString(value['mode']) && isString(value['reason'])
}
