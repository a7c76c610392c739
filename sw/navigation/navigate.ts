// The ladder: what a visitor gets for one navigation, the best rung first. Called by routes.ts for a navigation that a record
// may answer. Nothing is thrown outward: below the last rung stands what the browser would have done without a worker.

import type { ResumingRecord } from '../../protocol/record.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'
import { refresh } from '../refresh/refresh.ts'
import { noteUse } from '../store/budget.ts'
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
  const found = await findRecord(config, navigation)
  const sought = { keys: navigation.keys, known: found.record }
  const update = (): Promise<void> => refresh(event.request, sought, config)
  if (found.kind === 'usable') event.waitUntil(noteUse(found.record, Date.now()))
  if (navigation.mode === 'gated') return navigateGated(event, navigation, found, config, update)
  if (found.kind !== 'usable') return fromNetwork(event, update)
  const { record } = found
  if (record.kind === 'resuming') return resumed(event, record, { config, update, askForRest })
  // Nothing of it is rendered at the origin, so nothing else would say what is new.
  event.waitUntil(update())
  return assembled(record, record.shell, 'static')
}

/** The page as the network has it, and its record for the next visit. */
async function fromNetwork(event: FetchEvent, update: () => Promise<void>): Promise<Response> {
  const response = await fetch(event.request)
  if (response.ok) event.waitUntil(update())
  return response
}

type Means = {
  readonly config: WorkerConfig
  readonly update: () => Promise<void>
  readonly askForRest: AskForRest | undefined
}

/** Shell at once, holes behind it. */
function resumed(
  event: FetchEvent,
  record: StoredRecord & ResumingRecord,
  { config: { deadlines }, update, askForRest }: Means,
): Response {
  const abort = new AbortController()
  const patience = { signal: abort.signal, milliseconds: deadlines.answer }
  const rest = continueShell(record, event.request, patience, askForRest)
  return assembled(record, spliced(event, record, rest, { abort, deadlines, update }), 'instant')
}
