// The ladder: what a visitor gets for one navigation, the best rung first. Called by routes.ts for a navigation that a record
// may answer. Nothing is thrown outward: below the last rung stands what the browser would have done without a worker.

import { serverTiming, type Outcome } from '../../protocol/wire.ts'
import type { ResumingRecord } from '../../protocol/record.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'
import type { StoredRecord } from '../store/schema.ts'
import { continueShell } from '../transport/continue-shell.ts'
import { hasDocument } from '../transport/document.ts'
import type { Navigation } from './eligible.ts'
import { findRecord } from './find-record.ts'
import { splice } from './splice.ts'

export async function navigate(event: FetchEvent, navigation: Navigation, config: WorkerConfig): Promise<Response> {
  const record = await findRecord(config, navigation)
  if (!record) return fetch(event.request)
  return record.kind === 'static' ? assembled(record, record.shell, 'static') : resumed(event, record)
}

/** Shell at once, holes behind it. */
function resumed(event: FetchEvent, record: StoredRecord & ResumingRecord): Response {
  const abort = new AbortController()
  const rest = continueShell(record, event.request, abort.signal)
  const { stream, ended } = splice(record.shell, rest, {
    abandon: () => abort.abort(),
    canReload: () => hasDocument(event.request, abort.signal),
  })
  event.waitUntil(ended)
  return assembled(record, stream, 'instant')
}

function assembled(record: StoredRecord, body: BodyInit, outcome: Outcome): Response {
  const headers = new Headers(record.headers.map(([name, value]): [string, string] => [name, value]))
  headers.append('server-timing', serverTiming(outcome))
  return new Response(body, { status: record.status, headers })
}
