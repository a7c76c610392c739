// The ladder: what a visitor gets for one navigation, the best rung first. Called by routes.ts for a navigation that a record
// may answer. Nothing is thrown outward: below the last rung stands what the browser would have done without a worker.

import type { ResumingRecord } from '../../protocol/record.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'
import type { StoredRecord } from '../store/schema.ts'
import { type AskForRest, continueShell } from '../transport/continue-shell.ts'
import { assembled } from './assembled.ts'
import type { Navigation } from './eligible.ts'
import { findRecord } from './find-record.ts'
import { navigateGated } from './gated.ts'
import { spliced } from './spliced.ts'

/** @param askForRest - In place of our origin's protocol. */
export async function navigate(
  event: FetchEvent,
  navigation: Navigation,
  config: WorkerConfig,
  askForRest?: AskForRest,
): Promise<Response> {
  const record = await findRecord(config, navigation)
  if (navigation.mode === 'gated') return navigateGated(event, navigation, record, config)
  if (!record) return fetch(event.request)
  return record.kind === 'static'
    ? assembled(record, record.shell, 'static')
    : resumed(event, record, config, askForRest)
}

/** Shell at once, holes behind it. */
function resumed(
  event: FetchEvent,
  record: StoredRecord & ResumingRecord,
  { deadlines }: WorkerConfig,
  askForRest?: AskForRest,
): Response {
  const abort = new AbortController()
  const patience = { signal: abort.signal, milliseconds: deadlines.answer }
  const rest = continueShell(record, event.request, patience, askForRest)
  return assembled(record, spliced(event, record, rest, { abort, deadlines }), 'instant')
}
