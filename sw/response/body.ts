// Ties a splice to the fetch event that it answers.

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
  /** The requested path in canonical form. */
  readonly path: RecordKey
  /** Gets the newer record that the origin has. Resolves to whether our origin has answered. */
  readonly update: () => Promise<boolean>
  /** Called for a shell that its page no longer begins with, if the page's next shell is learned (sw/refresh/learn-shell.ts). */
  readonly hold?: ((record: StoredRecord, path: RecordKey) => Promise<void>) | undefined
  /** Makes the reload of a page come without a preload. */
  readonly skipPreload?: Network['skipPreload']
  /** Given if the page may start before its rest arrives. */
  readonly start?: EarlyStart | undefined
}

/** Shell and rest as one body. Keeps the worker alive until the body has ended. Aborts the rest when the reader has gone. */
export function responseBody(
  event: FetchEvent,
  record: StoredRecord,
  rest: Promise<Rest | Copied>,
  { abort, path, config: { timeouts, watchUrl }, update, hold, skipPreload, start }: Means,
): ReadableStream<Uint8Array> {
  const { stream, ended } = splice(record.shell, rest, {
    abandon: () => abort.abort(),
    // A page that the visitor has left is not reloaded: it must not cost the server another page.
    canReload: async () => !abort.signal.aborted && hasDocument(event.request, abort.signal, timeouts.response),
    idle: timeouts.idle,
    watch: watchTag(watchUrl),
    offlineTail: offlineTail(record, start?.early !== undefined),
    startsItself: record.kind === 'resuming' && startsItself(record.bootScript),
    async beforeReload(ending, page) {
      const { signal } = abort
      // No reload follows if the visitor has left.
      const canSkip = page && skipPreload && !signal.aborted
      await Promise.all([
        // Must be done before the page can ask again: what it then finds in the store decides whether it gets the newer record.
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
  // If shells are learned, one reload for each change of a page says nothing about its host.
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
      // Not before the page has everything that it waits for. Also after an abandoned page: a shell that some script has altered may stop
      // its page before anything after the shell can tell.
      return (answer.kind === 'resumed' ? answer.hasNewer : ending === 'abandoned') ? update() : undefined
    }),
  )
  return stream
}

/**
 * The page has another shell by now, and the next visit must not take this detour. A route's shell stays for the other paths if our
 * origin says what this path has instead.
 */
async function holdBack(record: StoredRecord, path: RecordKey): Promise<void> {
  await (isOfRoute(record, path) ? noteMisfit(path, record) : deleteRecord(record))
}

function isOfRoute({ key }: StoredRecord, path: RecordKey): boolean {
  return key !== path
}
