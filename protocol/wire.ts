// The names that cross a border between two runtimes: headers, paths, Server-Timing. Nothing else spells them.
import { asDigest, type Digest } from './digest.ts'

/** Names a record to resume: `<buildId>; shell=<digest>`. Its presence makes a request ours. */
export const RESUME_HEADER = 'shell-cache-resume'
/**
 * Asks for the record of the page that the URL leads to: `<buildId>`, or `<buildId>; have=<digest>` where that one need not be
 * sent again. Its presence makes a request ours, too.
 */
export const RECORD_HEADER = 'shell-cache-record'

/** What the browser sends with a navigation by our speculation rules: the tag that they have (client/speculate/rules.ts). */
export const SPECULATION_HEADER = 'sec-speculation-tags'
export const SPECULATION_TAG = 'shell-cache'
/**
 * On any answer that the worker sees: what has changed on the server, as paths and tags (tags.ts). `<name>, <name>` or `*`; empty
 * where nothing that is stored has.
 */
export const INVALIDATE_HEADER = 'shell-cache-invalidate'
/** How many bytes of the body are a state, before those of a server action. Next's own name (its PPR platform guide). */
export const STATE_LENGTH_HEADER = 'x-next-resume-state-length'
/** Which headers of a resumed answer are the origin's own: a JSON object from name to the page's value, null where it has none. */
export const ADDED_HEADER = 'shell-cache-added'
/**
 * Between a page and its worker alone: the digest of the record whose payload is asked for, and on the answer the one that it is
 * of. Nothing else fits the page's shell.
 */
export const PAYLOAD_HEADER = 'shell-cache-payload'
/** The browser's own header on a navigation preload; its value is the worker's (shell-inventory.ts), or `true` where it set none. */
export const PRELOAD_HEADER = 'service-worker-navigation-preload'
/** On a page with holes that answers the preload of another build: which build the server has, and where (`namedBuild` of shell-inventory.ts). */
export const BUILD_HEADER = 'shell-cache-build'
/** On a rest that could have been compressed with the build's dictionary: its path, for a browser that has not got it. */
export const DICTIONARY_HEADER = 'shell-cache-dictionary'
/** The origin's answer to a resume; see verdict.ts. */
export const VERDICT_HEADER = 'shell-cache-verdict'
/**
 * Beside Next's cookie of draft mode, which no script may read: tells the worker that this visitor gets documents of their own. It opens
 * nothing; anyone who sets it gets the network's pages.
 */
export const DRAFT_COOKIE = 'shell-cache-draft'
/**
 * What a host says to every browser at once: `off` on any answer (switch.ts), `rollout=<share>` on the worker's script (rollout.ts).
 * Nothing of a browser is sent with it.
 */
export const SWITCH_HEADER = 'shell-cache'
/** Where the worker stands, below `basePath`. */
export const WORKER_PATH = '/sw.js'

/** What the last line of an app's own worker begins with; the build's names follow, for anyone who looks at it from outside. */
export const BUILD_COMMENT = '//# shell-cache '
/** Where manifest, records and worker lie below `<distDir>/static/`, and so below `/_next/static/`. */
export const PUBLIC_FOLDER = 'shell-cache'

/** Where a file of that folder is asked for. */
export function publicUrl(basePath: string | undefined, name: string): string {
  return `${basePath ?? ''}/_next/static/${PUBLIC_FOLDER}/${name}`
}

/** What only the server may read, below `<distDir>/server/`. */
export const SERVER_FOLDER = 'shell-cache'

/** How the worker answered, as `Server-Timing: shell;desc="…"` on every response that it assembled. */
export type Outcome = 'instant' | 'gated' | 'offline' | 'static'
const OUTCOMES: readonly Outcome[] = ['instant', 'gated', 'offline', 'static']

/** What a response waited for before it began, in milliseconds; browsers' tools draw them. */
export type Waits = { readonly store?: number; readonly verdict?: number }

/** @param age - Milliseconds since this browser got the record. @param isStale - It is known to be outdated, or likely to be. */
export function serverTiming(outcome: Outcome, age: number, isStale: boolean, waits: Waits = {}): string {
  const waited = Object.entries(waits).map(([name, milliseconds]) => `, shell-${name};dur=${milliseconds.toFixed(1)}`)
  const shell = `shell;desc="${outcome}", ${AGE_METRIC};desc="${Math.max(0, Math.round(age / 1000))}"`
  return shell + (isStale ? `, ${STALE_METRIC}` : '') + waited.join('')
}

/** The metric's name beside `shell` where the record is stale. */
const STALE_METRIC = 'shell-stale'
/** Seconds as a text: tools draw a `dur` as a time that something took. */
const AGE_METRIC = 'shell-age'

/** A metric of `Server-Timing`, as a page has it of its own document (`PerformanceServerTiming`). */
export type Metric = { readonly name: string; readonly description: string }

/** How the worker assembled a document. */
export type ServedShell = {
  /** What it came from, and what it waited for. */
  readonly outcome: Outcome
  /** The shell was past its `revalidate`, or made from what is known to have changed. */
  readonly stale: boolean
  /** Seconds since the browser had got the shell, when the document was opened. */
  readonly age: number
}

/** Set on the global object of a page that began as `instant`, and started by itself when the network did not answer; and the event then. */
export const STARTED_OFFLINE = 'nextShellCacheStartedOffline'

/** The outcome in the header of a response that no one has opened yet. */
export function outcomeIn(header: string | null): Outcome | undefined {
  return OUTCOMES.find((outcome) => header?.includes(`shell;desc="${outcome}"`))
}

/** What {@link serverTiming} said of a document; undefined where no worker of ours has assembled it. */
export function readServerTiming(metrics: readonly Metric[]): ServedShell | undefined {
  const shell = metrics.find(({ name }) => name === 'shell')
  const outcome = OUTCOMES.find((known) => known === shell?.description)
  if (shell === undefined || outcome === undefined) return undefined
  return { outcome, stale: metrics.some(({ name }) => name === STALE_METRIC), age: readAge(metrics) }
}

/** 0 where a host has taken it off. */
function readAge(metrics: readonly Metric[]): number {
  const said = metrics.find(({ name }) => name === AGE_METRIC)?.description ?? ''
  return /^\d{1,12}$/.test(said) ? Number(said) : 0
}

/** Which record a browser asks to resume. */
export type ResumeReference = { readonly buildId: string; readonly digest: Digest }

/** A build id may be any string (`generateBuildId`), a header may not: it travels percent-encoded. */
export function formatResumeHeader(reference: ResumeReference): string {
  return `${encodeURIComponent(reference.buildId)}; shell=${reference.digest}`
}

/** The reference in a header's value, or undefined where it has another form. */
export function parseResumeHeader(value: string): ResumeReference | undefined {
  const parts = /^([^;\s]{1,512}); shell=([^;\s]*)$/.exec(value)
  const digest = asDigest(parts?.[2])
  const buildId = decodeBuildId(parts?.[1])
  return digest === undefined || buildId === undefined ? undefined : { buildId, digest }
}

/** Which build's record a browser asks for, which it has, and the hash of the segments that it has with it (record/segments.ts). */
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

/** The question in a header's value, or undefined where it has another form. */
export function parseRecordHeader(value: string): RecordQuestion | undefined {
  const [, build, ...named] = /^([^;\s]{1,512})(?:; have=([^;\s]*)(?:; segments=([^;\s]*))?)?$/.exec(value) ?? []
  const [buildId, [have, segments]] = [decodeBuildId(build), named.map(asDigest)]
  const isRead = named.every((text) => text === undefined || asDigest(text))
  return buildId === undefined || !isRead ? undefined : { buildId, have, ...(segments && { segments }) }
}

/** Undefined where the text is not percent-encoded as {@link formatResumeHeader} does it. */
export function decodeBuildId(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}
