// Sends server actions with the state of the page's shell (Next's PPR platform guide, "x-next-resume-state-length"): then the page
// in the action's response is rendered from the cached data that the visitor sees. Off unless the build's option
// `actions` is on. Passed to routes.ts by lifecycle/option-extras.ts.
//
//   must never send an action twice: the plain request follows only a refusal of the origin, which comes before the action runs;
//   must not fail an action that was not sent yet, and must not hide the failure of an action that was sent.

import type { ResumingRecord } from '../../protocol/record/record.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { formatResumeHeader, RESUME_HEADER, STATE_LENGTH_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { findKeys, type Navigation } from '../navigation/eligible.ts'
import { findRecord } from '../navigation/find-record.ts'
import type { Extras } from './routes.ts'

export function routeActions(config: WorkerConfig): NonNullable<Extras['route']> {
  return (request, url, table) => {
    if (request.method !== 'POST' || !request.headers.has('next-action')) return undefined
    const page = findKeys(url, config, table)
    return page?.mode === 'instant' ? () => sendAction(request, page, config) : undefined
  }
}

async function sendAction(request: Request, page: Pick<Navigation, 'keys'>, config: WorkerConfig): Promise<Response> {
  const { kind, record } = await findRecord(config, page)
  if (kind !== 'usable' || record.kind !== 'resuming' || record.stateForm !== 'sealed') return fetch(request)
  const plain = request.clone()
  const response = await fetch(await withState(request, record))
  return parseVerdict(response.headers.get(VERDICT_HEADER))?.kind === 'refused' ? fetch(plain) : response
}

/** The same request, with the state before its body. */
async function withState(request: Request, record: ResumingRecord): Promise<Request> {
  const body = new Blob([record.state, await request.arrayBuffer()])
  const headers = new Headers(request.headers)
  headers.set(RESUME_HEADER, formatResumeHeader(record))
  headers.set(STATE_LENGTH_HEADER, String(record.state.length))
  const { credentials, redirect, signal } = request
  return new Request(request.url, { method: 'POST', headers, body, credentials, redirect, signal })
}
