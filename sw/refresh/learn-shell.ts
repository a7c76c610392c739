// Learns a page's newer shell if the origin has no handler of ours (`transport: 'prefix'`): the network's documents begin with the shell,
// and Next's headers say so. The visitor's document is compared with the one that the same address sends without cookies.
//
//   must store only what both documents begin with (invariant 5): no bytes of this visitor, and none of a single response;
//   must end the shell before the first byte of the rest: the scripts that start React come with the rest, and the shell must not start it;
//   must ask once for each change of a page, and not again if nothing could be learned: then the page comes from the network.

import { joined } from '../../protocol/bytes.ts'
import { OUTDATED, type StoredRecord } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Mode } from '../../protocol/build/route-match.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import { noteEnding } from '../store/alarm.ts'
import { keepWithin } from '../store/budget.ts'
import { learnHead } from '../store/host-head.ts'
import { currentSequence } from '../store/marks.ts'
import { deleteRecord, putRecord, renewRecord } from '../store/records.ts'
import { isNotedUnfit, noteUnfit } from '../store/unfit-paths.ts'
import { dropBody, isHtml } from '../transport/document.ts'
import { isOutdated } from '../transport/other-build.ts'
import { heard, isSwitchedOff } from '../transport/switch.ts'
import { isSaving } from '../util/connection.ts'
import { hashOf } from '../util/record.ts'
import { USE_MS } from '../util/timeouts.ts'

type Place = {
  readonly url: URL
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly mode: Mode
}

/** What the ladder calls if shells are learned (sw/navigation/navigate.ts). */
export type Learning = {
  /** For a shell that its page no longer begins with. Rejects if the database fails. */
  readonly hold: (record: StoredRecord, path: RecordKey) => Promise<void>
  /**
   * Call it before the page is requested.
   *
   * @returns To be called with the visitor's page, in a copy that nothing else reads. Never rejects.
   */
  readonly begin: (known: StoredRecord, place: Place, config: WorkerConfig) => (page: Response) => Promise<void>
}

/** The beginning of Next's rest of a page: the scripts that start React, then the page's data. */
const REST = /<script>\((?:globalThis\["TURBOPACK|self\.__next_f=)/
const REST_LENGTH = 30

/**
 * A request without cookies, for the path only: the query may be valid for one visit (a link in an e-mail). Not from the HTTP cache:
 * Chromium serves a page without holes once more from there (`stale-while-revalidate`).
 */
const STRANGER: RequestInit = {
  credentials: 'omit',
  cache: 'no-store',
  redirect: 'manual',
  headers: { accept: 'text/html' },
}

/** The paths that are being learned now. */
const underWay = new Set<RecordKey>()

/** Undefined if the build's transport needs no learning. */
export function learnsShells({ transport }: Pick<WorkerConfig, 'transport'>): Learning | undefined {
  return transport === 'prefix' ? { hold, begin } : undefined
}

/** Invalidates the record and keeps it: its successor is made from it. A route's record stays unchanged for the other paths. */
async function hold(record: StoredRecord, path: RecordKey): Promise<void> {
  if (record.key === path) await renewRecord({ ...record, asOf: OUTDATED })
}

function begin(known: StoredRecord, place: Place, config: WorkerConfig): ReturnType<Learning['begin']> {
  const asking = currentSequence()
  asking.catch(() => {})
  const [path] = place.keys
  return async (page) => {
    const isUseless = place.mode !== 'instant' || isNotedUnfit(path, known) || isSwitchedOff() || isOutdated(config)
    if (isUseless || underWay.has(path)) return dropBody(page)
    underWay.add(path)
    try {
      await learn(page, { known, place, asOf: await asking }, config)
    } catch {
      // The network or the database failed: the next visit tries again.
    } finally {
      underWay.delete(path)
    }
  }
}

type Known = { readonly known: StoredRecord; readonly place: Place; readonly asOf: number }

async function learn(page: Response, { known, place, asOf }: Known, config: WorkerConfig): Promise<void> {
  const { url, keys } = place
  const [path] = keys
  const { headers } = page
  if (page.type === 'error' || isForNow(page)) return dropBody(page)
  if (!page.ok) return forget(page, known)
  const sent = await shellOf(page, known)
  if (!sent) return giveUp(known, path)
  const sentHash = await hashOf(sent)
  if (sentHash === known.shellHash) {
    if (asOf > known.asOf || Math.abs(Date.now() - known.receivedAt) > USE_MS) await renewRecord(anew(known, asOf))
    if (isNotedUnfit(again(path), known)) await noteUnfit(known, again(path), false)
    return learnHead(known, { headers })
  }
  if (isSaving()) return giveUp(known, path)
  const since = await currentSequence()
  const answer = heard(await fetch(url.origin + url.pathname, STRANGER))
  if (isForNow(answer)) {
    dropBody(answer)
    return hold(known, path)
  }
  const shell = await shellOf(answer, known)
  if (!shell) return giveUp(known, path)
  if ((await hashOf(shell)) !== sentHash)
    return isNotedUnfit(again(path), known) ? giveUp(known, path) : doubt(known, path)
  const { unfitFor: _of, ...rest } = anew(known, since)
  const learned = { ...rest, key: path, shell, shellHash: sentHash, digest: sentHash }
  // The state and the boot script belong to the old shell, not to this one.
  const own = learned.kind === 'static' ? learned : { ...learned, state: new Uint8Array(0), bootScript: undefined }
  await putRecord(own, { isVisited: true })
  await learnHead(own, { headers })
  await keepWithin(config)
}

/** The page no longer exists, or not for this visitor. */
async function forget(page: Response, known: StoredRecord): Promise<void> {
  dropBody(page)
  await deleteRecord(known)
}

/** The key under which the first doubt about a path is noted. */
function again(path: RecordKey): RecordKey {
  return `${path}?`
}

/**
 * The page may have changed between the two responses: Next serves the build's once more after a revalidation (decisions/024-learned-shells.md).
 */
async function doubt(known: StoredRecord, path: RecordKey): Promise<void> {
  await noteUnfit(known, again(path), true)
  await hold(known, path)
}

/** From now on the page comes from the network, until the next build. This also removes a shell that a script has altered. */
async function giveUp(known: StoredRecord, path: RecordKey): Promise<void> {
  await (known.key === path ? deleteRecord(known) : noteUnfit(known, path, true))
  await noteEnding('outdated')
}

function anew(known: StoredRecord, asOf: number): StoredRecord {
  const receivedAt = Date.now()
  return { ...known, receivedAt, asOf, ...(known.madeAt === undefined ? {} : { madeAt: receivedAt }) }
}

/** A server error or a rate limit: the next attempt may succeed. */
function isForNow({ status }: Response): boolean {
  return status >= 500 || status === 429
}

/** The prerendered beginning of a document. Undefined if no header says that there is one, or if nothing marks its end. */
async function shellOf(
  page: Response,
  { kind, shellHash }: StoredRecord,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const isKnown = isPrerendered(page, kind)
  if (kind === 'static' && page.ok) {
    const whole = new Uint8Array(await page.arrayBuffer())
    // A document that is stored already needs no header to identify it.
    return isKnown || (await hashOf(whole)) === shellHash ? whole : undefined
  }
  if (isKnown) return untilRest(page)
  dropBody(page)
  return undefined
}

/** By Next's headers, if the host lets them through. After a revalidation a shell has only the first of them. */
function isPrerendered(page: Response, kind: StoredRecord['kind']): boolean {
  const { ok, headers } = page
  const hasHoles = headers.has('x-nextjs-postponed')
  const isOfKind = kind === 'resuming' ? hasHoles : !hasHoles && headers.has('x-nextjs-prerender')
  return ok && isHtml(page) && isOfKind && !/\*|\b(?:cookie|authorization)\b/i.test(headers.get('vary') ?? '')
}

/** Stops reading there, so that the server need not render the rest of a page that no visitor sees. */
async function untilRest({ body }: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body?.getReader()
  const chunks: Uint8Array[] = []
  let text = ''
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    const from = Math.max(0, text.length - REST_LENGTH)
    chunks.push(next.value)
    text += new TextDecoder('latin1').decode(next.value)
    const end = text.slice(from).search(REST)
    if (end < 0) continue
    void reader?.cancel().catch(() => {})
    return joined(chunks).slice(0, from + end)
  }
  return undefined
}
