// A splice tied to the event that it answers.

import { startsItself } from '../../protocol/flight/bootstrap-script.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { noteEnding } from '../store/alarm.ts'
import { deleteRecord } from '../store/records.ts'
import { withDeadline } from '../util/async.ts'
import { dropBody, hasDocument } from '../transport/document.ts'
import type { Network } from '../transport/plain.ts'
import type { EarlyStart } from '../early-start/early-start.ts'
import type { Copied, Rest } from '../transport/rest.ts'
import { PRELOAD_HEADER_MS } from '../util/timeouts.ts'
import { noteMisfit } from './misfits.ts'
import { expectReload } from './reloads.ts'
import { splice } from './splice.ts'
import { pageOf, rememberStream } from './open-streams.ts'
import { offlineTail, watchTag } from './tails.ts'

type Means = {
  readonly abort: AbortController
  readonly config: Pick<WorkerConfig, 'timeouts' | 'watchUrl'>
  /** What was asked for, canonical. */
  readonly path: RecordKey
  /** Gets the newer record that the origin has; whether our origin has answered. */
  readonly update: () => Promise<boolean>
  /** What becomes of a shell that its page no longer begins with, where the page's next one is learned (sw/refresh/learn-shell.ts). */
  readonly hold?: ((record: StoredRecord, path: RecordKey) => Promise<void>) | undefined
  /** Has the reload of a page come without a preload. */
  readonly skipPreload?: Network['skipPreload']
  /** Where the page may begin before its rest is there. */
  readonly start?: EarlyStart | undefined
}

/** Shell and rest as one body. Keeps the worker alive until it has ended; aborts the rest when no one reads on. */
export function responseBody(
  event: FetchEvent,
  record: StoredRecord,
  rest: Promise<Rest | Copied>,
  { abort, path, config: { timeouts, watchUrl }, update, hold, skipPreload, start }: Means,
): ReadableStream<Uint8Array> {
  const { stream, ended } = splice(record.shell, rest, {
    abandon: () => abort.abort(),
    // No one is there to reload a page that was left: its visitor must not cost the server another one.
    canReload: async () => !abort.signal.aborted && hasDocument(event.request, abort.signal, timeouts.response),
    idle: timeouts.idle,
    watch: watchTag(watchUrl),
    offlineTail: offlineTail(record, start?.early !== undefined),
    startsItself: record.kind === 'resuming' && startsItself(record.bootScript),
    async beforeReload(ending, page) {
      const { signal } = abort
      // No reload follows where no one waits any more.
      const canSkip = page && skipPreload && !signal.aborted
      await Promise.all([
        // Before the page can ask again: what it finds then decides whether it gets the newer record.
        ending === 'outdated' && withDeadline((hold ?? holdBack)(record, path), timeouts.store).catch(() => {}),
        canSkip && withDeadline(skipPreload(), PRELOAD_HEADER_MS).catch(() => {}),
      ])
      if (signal.aborted) return dropBody(page?.page)
      expectReload(event.request.url, page)
      if (page) event.waitUntil(page.ended)
    },
    ...start,
  })
  rememberStream(event.resultingClientId, ended)
  // One reload for each change of a page says nothing of its host.
  event.waitUntil(
    ended.then((ending) => (hold && ending === 'outdated' ? undefined : noteEnding(ending))).catch(() => {}),
  )
  event.waitUntil(
    Promise.all([ended, rest]).then(async ([ending, answer]): Promise<unknown> => {
      pageOf(event.resultingClientId).notes.rest = answer.kind
      await start?.settle(ending)
      if (ending === 'recovery' && answer.kind === 'other' && !answer.isForNow) await noteMisfit(path, record)
      if (ending === 'outdated' && !hold && isOfRoute(record, path) && !(await update()))
        return deleteRecord(record).catch(() => {})
      // Not before the page has all that it waits for. A shell that some script has altered may stop its page, and then nothing that
      // follows it has told.
      return (answer.kind === 'resumed' ? answer.hasNewer : ending === 'abandoned') ? update() : undefined
    }),
  )
  return stream
}

/**
 * The page has another shell by now: the next visit comes without this detour. A route's shell stays for the other paths, where our
 * origin says what this one has instead.
 */
async function holdBack(record: StoredRecord, path: RecordKey): Promise<void> {
  await (isOfRoute(record, path) ? noteMisfit(path, record) : deleteRecord(record))
}

function isOfRoute({ key }: StoredRecord, path: RecordKey): boolean {
  return key !== path
}
