// A splice tied to the event that it answers. Called by navigate.ts and gated.ts.

import type { StoredRecord } from '../store/schema.ts'
import { hasDocument } from '../transport/document.ts'
import type { Rest } from '../transport/rest.ts'
import { splice } from './splice.ts'

/** Shell and rest as one body. Keeps the worker alive until it has ended; aborts the rest when nobody reads on. */
export function spliced(
  event: FetchEvent,
  { shell }: StoredRecord,
  rest: Promise<Rest>,
  abort: AbortController,
): ReadableStream<Uint8Array> {
  const { stream, ended } = splice(shell, rest, {
    abandon: () => abort.abort(),
    canReload: () => hasDocument(event.request, abort.signal),
  })
  event.waitUntil(ended)
  return stream
}
