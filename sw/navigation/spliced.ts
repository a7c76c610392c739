// A splice tied to the event that it answers.

import type { StoredRecord } from '../../protocol/stored.ts'
import type { Deadlines } from '../../protocol/worker-config.ts'
import { deleteRecord } from '../store/records.ts'
import { hasDocument } from '../transport/document.ts'
import type { Rest } from '../transport/rest.ts'
import { expectReload } from './reloads.ts'
import { splice } from './splice.ts'
import { rememberStream } from './streams.ts'
import { offlineTail } from './tails.ts'

type Means = {
  readonly abort: AbortController
  readonly deadlines: Deadlines
  /** Gets the newer record that the origin has. */
  readonly update: () => Promise<unknown>
}

/** Shell and rest as one body. Keeps the worker alive until it has ended; aborts the rest when nobody reads on. */
export function spliced(
  event: FetchEvent,
  record: StoredRecord,
  rest: Promise<Rest>,
  { abort, deadlines, update }: Means,
): ReadableStream<Uint8Array> {
  const { stream, ended } = splice(record.shell, rest, {
    abandon: () => abort.abort(),
    // Nobody is there to reload a page that was left: its visitor must not cost the server another one.
    canReload: async () => !abort.signal.aborted && hasDocument(event.request, abort.signal, deadlines.answer),
    silence: deadlines.silence,
    offlineTail: offlineTail(record),
    beforeReload: () => expectReload(event.request.url),
  })
  rememberStream(event.resultingClientId, ended)
  event.waitUntil(
    Promise.all([ended, rest]).then(([ending, answer]) => {
      if (ending === 'outdated') return forget(record)
      // Not before the page has all that it waits for.
      return answer.kind === 'resumed' && answer.hasNewer ? update() : undefined
    }),
  )
  return stream
}

/** The page has another shell by now: the next visit comes from the network, without this detour. */
async function forget(record: StoredRecord): Promise<void> {
  await deleteRecord(record).catch(() => {})
}
