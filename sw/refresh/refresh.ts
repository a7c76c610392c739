// Replaces a record with the origin's current one, in the background, or fetches the first one.
//
//   must have at most one request in flight per path, whatever asks for it;
//   must date a record by the marks at the time of its request, never later: a change in the meantime invalidates it;
//   must keep a record invalidated if Next says that it serves the page once more while it renders a newer one;
//   must accept only a complete record: after a truncated or foreign response the stored one stays.

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

/** While Next serves a stale page it renders a newer one in the background. So we ask again a few times, after longer and longer pauses. */
const ATTEMPTS = 4

const underWay = new Map<string, Promise<boolean>>()

/** The keys of the page, the most specific first, and the record that is stored for it. */
export type Sought = {
  readonly keys: readonly [RecordKey, ...RecordKey[]]
  readonly known: StoredRecord | undefined
  readonly mode: Mode
  /** Set if the record's segments were used, not its page: then they must match the origin's, too. */
  readonly segments?: Segments
}

/** Whether our origin has answered. If not, we cannot know from it what is new. Never rejects. */
export function refresh(request: Request, sought: Sought, config: WorkerConfig): Promise<boolean> {
  if (config.transport !== 'auto' || isPaused() || isSwitchedOff()) return Promise.resolve(false)
  // Our origin exists, but has no record for a worker of another build.
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
  // A guarded page is shown with the headers of each verdict, and this response has only the visitor's own.
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
      // A rewrite leads to a page with another path. Its record is looked up under the path that the visitor requested.
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
 * The guard has rejected this visitor, the page does not exist any more, its state has grown too large for a record, or the visitor gets
 * documents of their own (draft mode, if the browser cannot tell by itself). Says nothing about the other paths of a route.
 */
function isGone(reason: Refusal): boolean {
  return reason === 'route' || reason === 'absent' || reason === 'bypass' || reason === 'size'
}

/** If the origin still has a whole document, its age starts again. A shell's state keeps its expiry, because its seal contains it. */
function anew({ kind, madeAt }: StoredRecord, now: number): { readonly madeAt?: number } {
  return kind === 'static' && madeAt !== undefined ? { madeAt: now } : {}
}
