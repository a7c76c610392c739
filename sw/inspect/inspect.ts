// A worker that watches itself, for builds with the options `inspector` or `debug`. What it sees of each navigation goes to the
// inspector's page and to the console. Called by stock-inspected.ts and index.ts, while the script is first evaluated.
//
//   must change nothing of what a visitor gets, unless something is simulated;
//   must cost builds without these options nothing: only this bundle has it.

import { INSPECTOR_CHANNEL } from '../../protocol/inspection.ts'
import type { Visit } from '../../protocol/inspection.ts'
import type { WorkerConfig } from '../../protocol/worker-config.ts'
import { whenFound } from '../navigation/finding.ts'
import type { Answer, Extras } from '../routes.ts'
import { PLAIN } from '../transport/network.ts'
import { answerInspector } from './answer.ts'
import { watchAnswer } from './answered.ts'
import { addVisit } from './database.ts'
import { logVisit } from './log.ts'
import { isFromRecord, type Notes, toVisit } from './notes.ts'
import { isOfInspector, NO_SIMULATION, type Simulator, startSimulator } from './simulate.ts'
import { watchedNetwork } from './watched-network.ts'

/** @returns What adds the watching to a worker's extras. */
export function inspect(scope: ServiceWorkerGlobalScope, config: WorkerConfig): (extras: Extras) => Extras {
  const simulator = config.inspector ? startSimulator(scope) : NO_SIMULATION
  const notesOf = takeNotes(scope)
  scope.addEventListener('fetch', (event) => {
    if (config.preload && event.request.mode === 'navigate') watchPreload(event, simulator, notesOf(event.request))
  })
  scope.addEventListener('message', (event) => event.waitUntil(answerInspector(config, simulator, event)))
  return (extras) => ({
    ...extras,
    network: watchedNetwork(extras.network ?? PLAIN, notesOf),
    onAnswer(event, answer) {
      const { request } = event
      if (!answer) {
        return simulator.current() === 'offline' && isCut(request) ? () => Promise.resolve(Response.error()) : undefined
      }
      return request.mode === 'navigate' ? () => watched(event, answer, notesOf(request)) : answer
    },
  })

  function watched(event: FetchEvent, answer: Answer, notes: Notes): Promise<Response> {
    const { response, answered } = watchAnswer(event, answer(), notes)
    const keep = async (): Promise<void> => {
      const what = await answered
      const around = { timeOrigin: performance.timeOrigin, simulation: simulator.current() }
      await keepVisit(toVisit(new URL(event.request.url), notes, what, around), config)
    }
    event.waitUntil(keep().catch(() => {}))
    return response
  }
}

/** The notes of a request, begun when they are first asked for: before anything of it was awaited. */
function takeNotes(scope: ServiceWorkerGlobalScope): (request: Request) => Notes {
  const all = new WeakMap<Request, Notes>()
  let isFresh = true
  const notesOf = (request: Request): Notes => {
    const notes: Notes = all.get(request) ?? {
      startedAt: isFresh ? 0 : undefined,
      receivedAt: performance.now(),
      isPreloaded: false,
    }
    all.set(request, notes)
    return notes
  }
  // Before the worker's own listener for the first, after it for the others: whatever comes first is what it was started for.
  for (const type of ['install', 'activate', 'message']) scope.addEventListener(type, () => (isFresh = false))
  scope.addEventListener('fetch', ({ request }) => {
    notesOf(request)
    isFresh = false
  })
  whenFound((request, navigation, record) => {
    notesOf(request).found = { navigation, record, at: performance.now() }
  })
  return notesOf
}

/** Before anybody else reads it (transport/preload.ts). */
function watchPreload(event: FetchEvent, { preload }: Simulator, notes: Notes): void {
  const arriving = preload(event.preloadResponse)
  arriving.then(
    (response) => void (notes.isPreloaded = response instanceof Response),
    () => {},
  )
  Object.defineProperty(event, 'preloadResponse', { value: arriving, configurable: true })
}

async function keepVisit(visit: Visit, { inspector, debug }: WorkerConfig): Promise<void> {
  if (debug) logVisit(visit)
  if (!inspector) return
  await addVisit(visit, isFromRecord(visit) ? visit.digest : undefined)
  tellPage()
}

function tellPage(): void {
  const channel = new BroadcastChannel(INSPECTOR_CHANNEL)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  channel.postMessage('changed')
  channel.close()
}

/** What the worker lets through and the simulated lack of a network does not. */
function isCut(request: Request): boolean {
  return new URL(request.url).origin === location.origin && !isOfInspector(request)
}
