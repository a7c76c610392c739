// The names that cross the border between two runtimes: headers, paths, Server-Timing. No other file spells them out.
import { asDigest, type Digest } from './digest.ts'

/** Names a record to resume: `<buildId>; shell=<digest>`. Its presence makes a request ours. */
export const RESUME_HEADER = 'shell-cache-resume'
/**
 * Asks for the record of the page that the URL leads to: `<buildId>`, or `<buildId>; have=<digest>` if that record need not be
 * sent again. Its presence makes a request ours, too.
 */
export const RECORD_HEADER = 'shell-cache-record'

/** The browser sends this with a navigation by our speculation rules: the tag of those rules (client/speculate/rules.ts). */
export const SPECULATION_HEADER = 'sec-speculation-tags'
export const SPECULATION_TAG = 'shell-cache'
/**
 * On any response that the worker sees: what has changed on the server, as paths and tags (tags.ts). `<name>, <name>` or `*`; empty
 * if nothing that is stored has changed.
 */
export const INVALIDATE_HEADER = 'shell-cache-invalidate'
/** How many bytes of the body are a state; the body of a server action follows. Next's own name (its PPR platform guide). */
export const STATE_LENGTH_HEADER = 'x-next-resume-state-length'
/** Which headers of a resumed response are the origin's own: a JSON object from name to the page's value, null if it has none. */
export const ADDED_HEADER = 'shell-cache-added'
/**
 * Between a page and its worker alone. In the request: the digest of the record whose payload is wanted. In the response: the digest of
 * the record that the payload is of. No other payload fits the page's shell.
 */
export const PAYLOAD_HEADER = 'shell-cache-payload'
/** The browser's own header on a navigation preload. Its value comes from the worker (shell-inventory.ts), or is `true` if it set none. */
export const PRELOAD_HEADER = 'service-worker-navigation-preload'
/** On a page with holes that answers the preload of another build: the server's build and its app (`namedBuild` of shell-inventory.ts). */
export const BUILD_HEADER = 'shell-cache-build'
/** On a rest that could have been compressed with the build's dictionary: its path, for a browser that does not have it. */
export const DICTIONARY_HEADER = 'shell-cache-dictionary'
/** The origin's answer to a resume; see verdict.ts. */
export const VERDICT_HEADER = 'shell-cache-verdict'
/**
 * Set next to Next's draft mode cookie, which no script can read: tells the worker that this visitor gets documents of their own. It
 * opens nothing; anyone who sets it gets the network's pages.
 */
export const DRAFT_COOKIE = 'shell-cache-draft'
/**
 * What a host says to every browser: `off` on any response (switch.ts), `rollout=<share>` on the worker's script (rollout.ts).
 * It sends nothing about a browser.
 */
export const SWITCH_HEADER = 'shell-cache'
/** The path of the worker, below `basePath`. */
export const WORKER_PATH = '/sw.js'

/** The last line of an app's own worker begins with this; the build's names follow, for anyone who looks at it from outside. */
export const BUILD_COMMENT = '//# shell-cache '
/** The folder of manifest, records and worker below `<distDir>/static/`, and so below `/_next/static/`. */
export const PUBLIC_FOLDER = 'shell-cache'

/** The URL of a file in that folder. */
export function publicUrl(basePath: string | undefined, name: string): string {
  return `${basePath ?? ''}/_next/static/${PUBLIC_FOLDER}/${name}`
}

/** The folder of what only the server may read, below `<distDir>/server/`. */
export const SERVER_FOLDER = 'shell-cache'

/** How the worker answered, as `Server-Timing: shell;desc="…"` on every response that it assembled. */
export type Outcome = 'instant' | 'gated' | 'offline' | 'static'
const OUTCOMES: readonly Outcome[] = ['instant', 'gated', 'offline', 'static']

/** What a response waited for before it began, in milliseconds; the browsers' tools draw it. */
export type Waits = { readonly store?: number; readonly verdict?: number }

/** @param age - Milliseconds since this browser got the record. @param isStale - The record is known to be outdated, or likely to be. */
export function serverTiming(outcome: Outcome, age: number, isStale: boolean, waits: Waits = {}): string {
  const waited = Object.entries(waits).map(([name, milliseconds]) => `, shell-${name};dur=${milliseconds.toFixed(1)}`)
  const shell = `shell;desc="${outcome}", ${AGE_METRIC};desc="${Math.max(0, Math.round(age / 1000))}"`
  return shell + (isStale ? `, ${STALE_METRIC}` : '') + waited.join('')
}

/** The name of the metric next to `shell` if the record is stale. */
const STALE_METRIC = 'shell-stale'
/** Seconds as text: tools draw a `dur` as a time that something took. */
const AGE_METRIC = 'shell-age'

/** A metric of `Server-Timing`, as a page has it for its own document (`PerformanceServerTiming`). */
export type Metric = { readonly name: string; readonly description: string }

/** How the worker assembled a document. */
export type ServedShell = {
  /** What it came from, and what it waited for. */
  readonly outcome: Outcome
  /** The shell was past its `revalidate`, or made from data that is known to have changed. */
  readonly stale: boolean
  /** How many seconds the browser had had the shell when the document was opened. */
  readonly age: number
}

/** Set on the global object of an `instant` page that started by itself because the network did not answer; also the event then. */
export const STARTED_OFFLINE = 'nextShellCacheStartedOffline'

/** The outcome in the header of a response that is not open in a page yet. */
export function outcomeIn(header: string | null): Outcome | undefined {
  return OUTCOMES.find((outcome) => header?.includes(`shell;desc="${outcome}"`))
}

/** What {@link serverTiming} said of a document; undefined if no worker of ours has assembled it. */
export function readServerTiming(metrics: readonly Metric[]): ServedShell | undefined {
  const shell = metrics.find(({ name }) => name === 'shell')
  const outcome = OUTCOMES.find((known) => known === shell?.description)
  if (shell === undefined || outcome === undefined) return undefined
  return { outcome, stale: metrics.some(({ name }) => name === STALE_METRIC), age: readAge(metrics) }
}

/** 0 if a host has removed it. */
function readAge(metrics: readonly Metric[]): number {
  const said = metrics.find(({ name }) => name === AGE_METRIC)?.description ?? ''
  return /^\d{1,12}$/.test(said) ? Number(said) : 0
}

/** Which record a browser asks to resume. */
export type ResumeReference = { readonly buildId: string; readonly digest: Digest }

/** A build id may be any string (`generateBuildId`), a header's value may not be: it is sent percent-encoded. */
export function formatResumeHeader(reference: ResumeReference): string {
  return `${encodeURIComponent(reference.buildId)}; shell=${reference.digest}`
}

/** The reference in a header's value; undefined if it has another form. */
export function parseResumeHeader(value: string): ResumeReference | undefined {
  const parts = /^([^;\s]{1,512}); shell=([^;\s]*)$/.exec(value)
  const digest = asDigest(parts?.[2])
  const buildId = decodeBuildId(parts?.[1])
  return digest === undefined || buildId === undefined ? undefined : { buildId, digest }
}

/** The build whose record a browser asks for, the record that it has, and the hash of that record's segments (record/segments.ts). */
export type RecordQuestion = {
  readonly buildId: string
  readonly have: Digest | undefined
  readonly segments?: Digest | undefined
}

/** @see RECORD_HEADER */
export function formatRecordHeader({ buildId, have, segments }: RecordQuestion): string {
  const parts = [encodeURIComponent(buildId), have && `have=${have}`, segments && `segments=${segments}`]
  return parts.filter(Boolean).join('; ')
}

/** The question in a header's value; undefined if it has another form. */
export function parseRecordHeader(value: string): RecordQuestion | undefined {
  const [, build, ...named] = /^([^;\s]{1,512})(?:; have=([^;\s]*)(?:; segments=([^;\s]*))?)?$/.exec(value) ?? []
  const [buildId, [have, segments]] = [decodeBuildId(build), named.map(asDigest)]
  const isRead = named.every((text) => text === undefined || asDigest(text))
  return buildId === undefined || !isRead ? undefined : { buildId, have, ...(segments && { segments }) }
}

/** Undefined if the text is not percent-encoded as {@link formatResumeHeader} does it. */
export function decodeBuildId(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
