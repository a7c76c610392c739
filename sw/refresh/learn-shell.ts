// A page's newer shell where nothing of ours answers for it (`transport: 'prefix'`): the network's documents begin with it, and Next's
// headers say so. What the visitor has been sent is compared with what the same address answers without cookies.
//
//   must store only what both documents begin with (invariant 5): the visitor's bytes are in one of them, those of a single answer in neither;
//   must end the shell before anything of the rest: what starts React comes with the rest, and the shell must not start it;
//   must ask once for each change of a page, and not again where nothing could be learned: the page is then the network's.

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

/** What the ladder does where shells are learned (sw/navigation/navigate.ts). */
export type Learning = {
  /** For a shell that its page no longer begins with. Rejects where the database fails. */
  readonly hold: (record: StoredRecord, path: RecordKey) => Promise<void>
  /**
   * To be called before the page is asked for.
   *
   * @returns Gets the page that has come for the visitor, in a copy that no one else reads. Never rejects.
   */
  readonly begin: (known: StoredRecord, place: Place, config: WorkerConfig) => (page: Response) => Promise<void>
}

/** What Next's rest of a page begins with: the scripts that start React, then the page's data. */
const REST = /<script>\((?:globalThis\["TURBOPACK|self\.__next_f=)/
const REST_LENGTH = 30

/**
 * As a stranger, for the page itself: what follows `?` may be worth one visit (a link of an e-mail). Not what the browser holds: Chromium
 * gives a page without holes out of its HTTP cache once more (`stale-while-revalidate`).
 */
const STRANGER: RequestInit = {
  credentials: 'omit',
  cache: 'no-store',
  redirect: 'manual',
  headers: { accept: 'text/html' },
}

/** Paths that are being learned. */
const underWay = new Set<RecordKey>()

/** What a build has its worker learn. */
export function learnsShells({ transport }: Pick<WorkerConfig, 'transport'>): Learning | undefined {
  return transport === 'prefix' ? { hold, begin } : undefined
}

/** What is learned in its place is made from this record. A route's stays as it is for the other paths. */
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
      // The network or the database failed: the next visit learns it.
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
  // What resumes the shell that was there, and what would start React on it alone, is not this one's.
  const own = learned.kind === 'static' ? learned : { ...learned, state: new Uint8Array(0), bootScript: undefined }
  await putRecord(own, { isVisited: true })
  await learnHead(own, { headers })
  await keepWithin(config)
}

/** There is no page any more, or none for this visitor. */
async function forget(page: Response, known: StoredRecord): Promise<void> {
  dropBody(page)
  await deleteRecord(known)
}

/** What was noted of a path once. */
function again(path: RecordKey): RecordKey {
  return `${path}?`
}

/** The page may have changed between the two answers: Next serves the build's once more after a revalidation (docs/discoveries/next.md). */
async function doubt(known: StoredRecord, path: RecordKey): Promise<void> {
  await noteUnfit(known, again(path), true)
  await hold(known, path)
}

/** The page is the network's until the next build. A shell that some script has altered does not stay either. */
async function giveUp(known: StoredRecord, path: RecordKey): Promise<void> {
  await (known.key === path ? deleteRecord(known) : noteUnfit(known, path, true))
  await noteEnding('outdated')
}

function anew(known: StoredRecord, asOf: number): StoredRecord {
  const receivedAt = Date.now()
  return { ...known, receivedAt, asOf, ...(known.madeAt === undefined ? {} : { madeAt: receivedAt }) }
}

/** A server in trouble, or one that wants to be asked less: it may do better the next time. */
function isForNow({ status }: Response): boolean {
  return status >= 500 || status === 429
}

/** What a document begins with that Next has prerendered; undefined where nothing says so, or nothing marks its end. */
async function shellOf(
  page: Response,
  { kind, shellHash }: StoredRecord,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const isKnown = isPrerendered(page, kind)
  if (kind === 'static' && page.ok) {
    const whole = new Uint8Array(await page.arrayBuffer())
    // What is stored already needs no header to say what it is.
    return isKnown || (await hashOf(whole)) === shellHash ? whole : undefined
  }
  if (isKnown) return untilRest(page)
  dropBody(page)
  return undefined
}

/** As Next says it, where the host lets that through: of a shell that was revalidated the first header alone. */
function isPrerendered(page: Response, kind: StoredRecord['kind']): boolean {
  const { ok, headers } = page
  const hasHoles = headers.has('x-nextjs-postponed')
  const isOfKind = kind === 'resuming' ? hasHoles : !hasHoles && headers.has('x-nextjs-prerender')
  return ok && isHtml(page) && isOfKind && !/\*|\b(?:cookie|authorization)\b/i.test(headers.get('vary') ?? '')
}

/** Reads no further: of a stranger's page what would follow is not rendered for anyone. */
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
