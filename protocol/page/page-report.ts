// The report of one page view, made once: how fast the page was, and which part its shell cache had in that. Made by client/report/, read
// by `next-shell-cache report`.
//
//   must hold nothing of a visitor: only numbers, names from lists, the route's pattern and the build. No URL, parameter, element or
//   number of a browser;
//   must get another version when a field is removed or changes its meaning. New fields need no new version.

import { isObject } from '../json-shape.ts'
import { REFUSALS } from '../verdict.ts'

/** The version of the shape. */
export const REPORT_VERSION = 1

/**
 * `worker`: a browser that gets the worker, also before it has it. `control`: a browser that `rollout` or `holdout` leaves without it.
 * `unassigned`: a browser that could not have it, or whose group was not known when its page was left; compare nothing with these.
 */
export type ReportGroup = 'worker' | 'control' | 'unassigned'
const GROUPS: readonly ReportGroup[] = ['worker', 'control', 'unassigned']

/** How the document came: `instant`, `static`, `gated` and `offline` from a stored shell, `network` from the network. */
export type ReportRung = 'instant' | 'static' | 'gated' | 'offline' | 'network'
const RUNGS: readonly ReportRung[] = ['instant', 'static', 'gated', 'offline', 'network']

/**
 * Why a page came from the network, or why its shell was not resumed. `no-worker`: no worker answers in this browser, or not yet. `reload`:
 * the visitor, or a broken page, asked for the network's page. `resting`: too many of the last pages had to be reloaded. `none`: nothing of
 * the page is stored. `invalidated`: the visitor has changed what the shell shows. `expired`: the shell is too old. `unreachable`: there
 * was no network. `other`: the network's response cannot follow the shell. The others are the origin's own words for a refusal.
 */
export type ReportReason =
  | 'no-worker'
  | 'reload'
  | 'resting'
  | 'none'
  | 'invalidated'
  | 'expired'
  | 'unreachable'
  | 'other'
  | 'malformed'
  | 'foreign'
  | 'encoding'
  | 'size'
  | 'slow'
  | 'build'
  | 'unknown'
  | 'route'
  | 'absent'
  | 'bypass'
  | 'seal'
  | 'busy'
  | 'failed'
const OWN_REASONS: readonly ReportReason[] = [
  'no-worker',
  'reload',
  'resting',
  'none',
  'invalidated',
  'expired',
  'unreachable',
  'other',
]
const REASONS: readonly ReportReason[] = [...OWN_REASONS, ...REFUSALS]

export function isReportReason(value: unknown): value is ReportReason {
  return REASONS.some((reason) => reason === value)
}

/** What followed the shell: `resume` is the rest alone, `document` the whole page. */
export type ReportTransport = 'resume' | 'document'

/** One page view. Times are milliseconds since the navigation began; what was not measured is absent. */
export type PageReport = {
  /** The version of this shape. */
  readonly version: 1
  /** The build that the worker serves; absent without one. */
  readonly build?: string
  /** The route's pattern, such as `/products/[slug]`, if Next tells it. */
  readonly route?: string
  /** Which group the browser is in. */
  readonly group: ReportGroup
  /** How the document came. */
  readonly rung: ReportRung
  /** Why it came from the network, or why its shell was not resumed. */
  readonly reason?: ReportReason
  /** What followed the shell. */
  readonly transport?: ReportTransport
  /** The browser asks the server while it starts the worker (navigation preload). */
  readonly preload?: boolean
  /** The page was loaded again, by its visitor or because it was broken. */
  readonly reloaded: boolean
  /** The page was opened without a network, even if it was filled since. */
  readonly offline: boolean
  /** Shells rest in this browser: too many of its last pages had to be reloaded. */
  readonly resting: boolean
  /** Bytes of the shell that did not come over the network, uncompressed. */
  readonly bytesSaved?: number

  /** Time to First Byte, as `web-vitals` measures it. */
  readonly ttfb?: number
  /** First Contentful Paint, likewise. */
  readonly fcp?: number
  /** Largest Contentful Paint, likewise. */
  readonly lcp?: number
  /** Cumulative Layout Shift, likewise; not a time. */
  readonly cls?: number
  /** Interaction to Next Paint, likewise. */
  readonly inp?: number
  /** The parts of these times, in the names of `web-vitals`. */
  readonly parts?: {
    /** Of `ttfb`. */
    readonly ttfb?: TtfbParts
    /** Of `lcp`. */
    readonly lcp?: LcpParts
    /** Of `inp`. */
    readonly inp?: InpParts
  }
  /** When the browser first painted something of the shell. A network's page has this too: it begins with its shell. */
  readonly shellPainted?: number
  /** When React had hydrated `<ShellCache />`. */
  readonly hydrated?: number
  /** When each hole was filled, in this order, without those that were filled before a script of the page could see it. */
  readonly holes: readonly number[]
  /** How long the browser took to start the worker. */
  readonly workerBoot?: number
  /** How long the worker waited for its store. */
  readonly storeRead?: number
  /** How long it waited for the origin's verdict. */
  readonly verdictWait?: number
}

/** How the time to the first byte was spent, as `web-vitals` has it. */
export type TtfbParts = {
  /** Before the browser began: redirects, and the start of the worker. */
  readonly waitingDuration: number
  /** In the browser's own cache. */
  readonly cacheDuration: number
  /** Looking up the host's name. */
  readonly dnsDuration: number
  /** Connecting. */
  readonly connectionDuration: number
  /** From the request to the first byte. */
  readonly requestDuration: number
}
/** How the time to the largest paint was spent, as `web-vitals` has it. */
export type LcpParts = {
  /** To the first byte of the page. */
  readonly timeToFirstByte: number
  /** From there until the browser loads what is painted. */
  readonly resourceLoadDelay: number
  /** While it loads. */
  readonly resourceLoadDuration: number
  /** Until it is painted. */
  readonly elementRenderDelay: number
}
/** How the slowest interaction was spent, as `web-vitals` has it. */
export type InpParts = {
  /** Until the page began to handle it. */
  readonly inputDelay: number
  /** While it did. */
  readonly processingDuration: number
  /** Until the next paint. */
  readonly presentationDelay: number
}

/** The fields of a report that are one number. */
const REPORTED_NUMBERS = [
  'ttfb',
  'fcp',
  'lcp',
  'cls',
  'inp',
  'shellPainted',
  'hydrated',
  'workerBoot',
  'storeRead',
  'verdictWait',
  'bytesSaved',
] as const

/** Checks what a reader relies on. A collector is open to everybody, so each field may be anything. */
export function isPageReport(value: unknown): value is PageReport {
  return (
    isObject(value) &&
    value['version'] === REPORT_VERSION &&
    GROUPS.some((group) => group === value['group']) &&
    RUNGS.some((rung) => rung === value['rung']) &&
    (value['reason'] === undefined || isReportReason(value['reason'])) &&
    REPORTED_NUMBERS.every((name) => value[name] === undefined || isMeasure(value[name])) &&
    Array.isArray(value['holes']) &&
    value['holes'].every(isMeasure)
  )
}

function isMeasure(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
