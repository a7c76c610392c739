// A page that a guard of the app stands before (a proxy, a redirect, a rewrite, a conditional header): nothing of it is shown
// before the origin has said that this visitor gets it, and it is shown with the headers that came with that word. Called by
// navigate.ts.
//
//   must show nothing without a verdict, and so nothing without a network;
//   must leave what the guard answers in the page's place to the network: its cookies and its redirect are the browser's;
//   must keep nothing for a visitor whom the guard turned away (invariant 5).

import type { WorkerConfig } from '../../protocol/worker-config.ts'
import { withinTime } from '../deadline.ts'
import { deleteRecord, putRecord } from '../store/records.ts'
import type { StoredRecord } from '../store/schema.ts'
import { askForRecord } from '../transport/record.ts'
import { type ResumeAnswer, resumeRecord } from '../transport/resume.ts'
import { assembled } from './assembled.ts'
import type { Navigation } from './eligible.ts'
import { spliced } from './spliced.ts'

/** @param record - What this browser was given on an earlier visit. */
export async function navigateGated(
  event: FetchEvent,
  navigation: Navigation,
  record: StoredRecord | undefined,
  config: WorkerConfig,
): Promise<Response> {
  const abort = new AbortController()
  const answer = record && (await verdictOn(record, event.request, abort.signal, config.deadlines.answer))
  if (record && answer?.kind === 'resumed') return shown(event, record, answer, abort, config)
  if (record && answer?.kind === 'refused' && answer.reason === 'route') {
    event.waitUntil(deleteRecord(record).catch(() => {}))
  }
  if (answer?.kind === 'refused' && answer.location !== null) {
    return Response.redirect(new URL(answer.location, navigation.url), 307)
  }
  const response = await fetch(event.request)
  if (response.ok && answer?.kind !== 'unanswered') event.waitUntil(learn(navigation, event.request, config.buildId))
  return response
}

type Resumed = Extract<ResumeAnswer, { kind: 'resumed' }>

function shown(
  event: FetchEvent,
  record: StoredRecord,
  { body, headers }: Resumed,
  abort: AbortController,
  { deadlines }: WorkerConfig,
): Response {
  if (record.kind === 'resuming') {
    const rest = Promise.resolve({ kind: 'resumed', body } as const)
    return assembled(record, spliced(event, record, rest, { abort, deadlines }), 'gated', headers)
  }
  void body.cancel().catch(() => {})
  return assembled(record, record.shell, 'gated', headers)
}

/** Undefined where there is none: the next rung is the network in every case. */
async function verdictOn(
  record: StoredRecord,
  request: Request,
  signal: AbortSignal,
  milliseconds: number,
): Promise<ResumeAnswer | undefined> {
  try {
    return await withinTime(signal, milliseconds, (within) => resumeRecord(record, request, within))
  } catch {
    return undefined
  }
}

/** Keeps the page's record for the next visit, once the guard has let this visitor through. What fails is tried again then. */
async function learn({ keys }: Navigation, request: Request, buildId: string): Promise<void> {
  try {
    const record = await askForRecord(request, buildId)
    // A rewrite leads to a page with a path of its own; it is looked for under the path that the visitor asked for.
    const key = keys.includes(record.key) ? record.key : keys[0]
    await putRecord({ ...record, key, receivedAt: Date.now() })
  } catch {
    // No record, no database: the page came from the network, and will again.
  }
}
