// Uses the browser's navigation preload as a way to the network: the page's GET, sent while the worker starts. Our origin answers it
// with the rest alone if this browser has the shell (origin/answer/preload.ts). Each preload is read once, by the first caller. If it
// does not help, the request is made as without a preload. Chosen by sw/preload/registration.ts.
//
//   must leave no preload unread: Chromium warns on the console, and the server has rendered it in vain;
//   must give the rest alone to no other code that answers in this worker: its visitor would see half a page, and its cache would keep it;
//   must check a response before it is read: a network failure is a rejection, or a response of type `error` (Firefox,
//   docs/discoveries/browsers.md);
//   must not ask twice if the network has failed: a page that waits for a response is not interactive yet.

import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { ResumingRecord, ShellRecord } from '../../protocol/record/record.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import { VERDICT_HEADER } from '../../protocol/wire.ts'
import type { AskForRest } from '../transport/continuation.ts'
import { dropBody, toRest } from '../transport/document.ts'
import { noteDictionary } from '../transport/dictionary.ts'
import { notePreloadedBuild } from '../transport/other-build.ts'
import { type Network, PLAIN } from '../transport/plain.ts'
import { readAnswer, type ResumeAnswer, resumeRecord, withState } from '../transport/resume.ts'
import { heard } from '../transport/switch.ts'
import { PRELOADED_STORE_MS } from '../util/timeouts.ts'

const preloads = new WeakMap<Request, Promise<Response | undefined>>()

/** Must be called for every navigation, while its event is dispatched, before any other listener gets it. */
export function keepPreload(event: Pick<FetchEvent, 'request' | 'preloadResponse'>, config: WorkerConfig): void {
  const arriving = Promise.resolve<unknown>(event.preloadResponse).then((response) => {
    if (!(response instanceof Response)) return undefined
    notePreloadedBuild(response, config)
    noteDictionary(response)
    return heard(response)
  })
  preloads.set(
    event.request,
    arriving.catch(() => Response.error()),
  )
  Object.defineProperty(event, 'preloadResponse', { get: () => arriving.then(unlessOurs) })
}

function unlessOurs(response: Response | undefined): Response | undefined {
  if (!response || !isOurs(response)) return response
  dropBody(response)
  return undefined
}

/** @param ask - Asks for the rest if a preload did not bring it. */
export function byPreload(ask: AskForRest): Network {
  return {
    askForRest: (record, request, signal) => preloadedRest(record, request, signal, ask),
    askForVerdict,
    fetchPage,
    untilPage,
    sentPage: take,
  }
}

async function preloadedRest(
  record: ResumingRecord,
  request: Request,
  signal: AbortSignal,
  ask: AskForRest,
): ReturnType<AskForRest> {
  const response = await take(request)
  throwAborted(signal, response)
  if (!response) return ask(record, request, signal)
  if (isOurs(response)) {
    const answer = await withState(readAnswer(response, record), record, request, signal)
    if (answer.kind === 'resumed') return answer
    dropBody(response)
    // The rest of another shell: this browser has got a newer one since the header was written.
    return answer.kind === 'unanswered' ? ask(record, request, signal) : answer
  }
  if (isFailure(response)) return { kind: 'unanswered' }
  const rest = toRest(response)
  // A redirect or a missing page stays what it is.
  return rest.kind === 'other' && rest.isForNow ? { kind: 'unanswered' } : rest
}

async function askForVerdict(record: ShellRecord, request: Request, signal: AbortSignal): Promise<ResumeAnswer> {
  const arriving = preloads.get(request)
  // Then the page is requested again.
  signal.addEventListener('abort', () => preloads.delete(request))
  const response = await arriving
  throwAborted(signal, response)
  if (!response) return resumeRecord(record, request, signal)
  if (isFailure(response)) throw new TypeError('the network failed')
  if (isOurs(response)) {
    const answer = readAnswer(response, record)
    if (answer.kind !== 'resumed') dropBody(response)
    return withState(answer, record, request, signal)
  }
  // The response is left for fetchPage, whatever it is. What it says of the record is what our origin would have said.
  return { kind: 'refused', reason: refusalIn(response), location: null }
}

async function fetchPage(request: Request): Promise<Response> {
  const response = await take(request)
  if (response && !isOurs(response) && !isFailure(response)) return response
  dropBody(response)
  return PLAIN.fetchPage(request)
}

/** The rest of a page is useless without the store, so the store gets the time that another request would take. */
async function untilPage(request: Request): Promise<void> {
  const response = await preloads.get(request)
  if (response && isOurs(response)) await new Promise((resolve) => setTimeout(resolve, PRELOADED_STORE_MS))
}

/** A redirect has status 0 here: only the browser can see its target. */
function refusalIn({ ok, status }: Response): Refusal {
  if (ok) return 'unknown'
  return status >= 500 ? 'failed' : 'route'
}

async function take(request: Request): Promise<Response | undefined> {
  const arriving = preloads.get(request)
  preloads.delete(request)
  return arriving
}

/** For a caller that no longer waits: the response must still not be left unread. */
function throwAborted(signal: AbortSignal, response: Response | undefined): void {
  if (signal.aborted) dropBody(response)
  signal.throwIfAborted()
}

function isFailure({ type }: Response): boolean {
  return type === 'error'
}

/** Less than the page: its rest, or a refusal. */
function isOurs(response: Response): boolean {
  return response.headers.has(VERDICT_HEADER)
}
