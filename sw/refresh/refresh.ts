// Replaces a record by what the origin has now, whole and behind the visitor's back; and gets one where there was none.
//
//   must have one request under way for a path, whatever asks for it;
//   must be as new as the marks that stood when it was asked for, and never newer: what changes meanwhile invalidates it;
//   must stay invalidated where Next says that it serves the page once more and makes a newer one;
//   must be believed only where the whole record came: a cut or foreign answer leaves what is stored.

import type { RecordKey, Segments } from '../../protocol/record/record.ts'
import { OUTDATED, type StoredRecord } from '../../protocol/record/stored.ts'
import type { Mode } from '../../protocol/build/route-match.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepWithin } from '../store/budget.ts'
import { learnHead } from '../store/host-head.ts'
import { currentSequence } from '../store/marks.ts'
import { deleteRecord, putRecord, renewRecord } from '../store/records.ts'
import { isOutdated } from '../transport/other-build.ts'
import { askForRecord } from '../transport/record.ts'
import { isSwitchedOff } from '../transport/switch.ts'
import { isPaused, noteOrigin, noteUnanswered } from './pause.ts'
import { REFRESH_RETRY_MS } from '../util/timeouts.ts'

/** Next makes a newer page behind the stale one that it serves: it is asked again after a while, a few times, and less and less often. */
const ATTEMPTS = 4

const underWay = new Map<string, Promise<boolean>>()

/** Where the page is looked up, the most specific first, and what is stored for it. */
export type Sought = {
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly known: StoredRecord | undefined
  readonly mode: Mode
  /** What was used of it was not the page: these are to be the origin's, too. */
  readonly segments?: Segments
}

/** Whether our origin has answered; if not, no one knows by it what is new. Never rejects. */
export function refresh(request: Request, sought: Sought, config: WorkerConfig): Promise<boolean> {
  if (config.transport !== 'auto' || isPaused() || isSwitchedOff()) return Promise.resolve(false)
  // Our origin is there, and has no record for a worker of another build.
  if (isOutdated(config)) return Promise.resolve(true)
  const { pathname } = new URL(request.url)
  const running = underWay.get(pathname)
  if (running) return running
  const started = ask(request, sought, config)
    .catch(() => true)
    .finally(() => underWay.delete(pathname))
  underWay.set(pathname, started)
  return started
}

async function ask(request: Request, { keys, known, mode, segments }: Sought, config: WorkerConfig): Promise<boolean> {
  // A guarded page is shown with the headers of each verdict, and only the visitor's own come with it.
  const isSeen = mode === 'gated' ? true : undefined
  let [stored, used] = [known, segments]
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, REFRESH_RETRY_MS << (attempt - 1)))
    const asOf = await currentSequence()
    const answer = await askForRecord(request, config.buildId, stored, used)
    if (answer.kind === 'unanswered') noteUnanswered()
    else noteOrigin()
    if (answer.kind === 'refused' && stored?.key === keys[0] && isGone(answer.reason)) await deleteRecord(stored)
    if (answer.kind === 'altered' && stored) {
      await deleteRecord(stored)
      stored = undefined
      continue
    }
    if (answer.kind !== 'recorded') return answer.kind === 'refused'
    const { isStale } = answer
    const received = { receivedAt: Date.now(), asOf }
    if (answer.whole) {
      const { record } = answer.whole
      // A rewrite leads to a page with a path of its own; it is looked for under the path that the visitor asked for.
      const fresh = { ...record, key: keys.includes(record.key) ? record.key : keys[0], ...received, isSeen }
      await putRecord(fresh, { packed: answer.whole.packed, instead: stored, isVisited: !segments, isStale })
      await keepWithin(config)
      stored = fresh
      used &&= answer.whole.segments
    } else if (stored) {
      const renewed = { ...stored, ...received, ...anew(stored, received.receivedAt) }
      await renewRecord(isStale ? { ...renewed, asOf: OUTDATED } : renewed)
    }
    if (stored && !isSeen) await learnHead(stored, answer)
    if (!isStale) return true
  }
  return true
}

/**
 * The guard has turned this visitor away, the page is not there any more, its state has grown too large for a record, or the visitor gets
 * documents of their own (draft mode, where a browser cannot say so by itself). Says nothing of the other paths of a route.
 */
function isGone(reason: Refusal): boolean {
  return reason === 'route' || reason === 'absent' || reason === 'bypass' || reason === 'size'
}

/** A whole document begins anew where the origin has it still. A shell's state keeps its end: its seal says it. */
function anew({ kind, madeAt }: StoredRecord, now: number): { readonly madeAt?: number } {
  return kind === 'static' && madeAt !== undefined ? { madeAt: now } : {}
}
