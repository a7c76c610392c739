// A worker that watches itself, for builds with the options `inspector` or `debug`. What it sees of each navigation goes to the inspector's
// page and to the console. To be called while the script is first evaluated.
//
//   must change nothing of what a visitor gets, unless something is simulated;
//   must cost builds without these options nothing: only bundles that ask for it have it.

import type { Visit } from '../../protocol/page/inspection.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Extras } from '../routing/routes.ts'
import type { Answer } from '../routing/answer.ts'
import { PLAIN } from '../transport/plain.ts'
import { answerInspector } from './answer.ts'
import { watchAnswer } from './response-observer.ts'
import { addVisit } from './database.ts'
import { logVisit } from './log.ts'
import { isFromRecord, type Notes, toVisit } from './trace.ts'
import { isOfInspector, NO_SIMULATION, type Simulator, startSimulator } from './simulate.ts'
import { type NotesOf, traceNavigations } from './trace-navigations.ts'
import { watchedCopies } from './watched-copies.ts'
import { watchedNetwork } from './watched-network.ts'

/** What adds the watching to a worker's extras. To be called before anybody else listens, for what they hear to be noted. */
export function inspect(scope: ServiceWorkerGlobalScope, config: WorkerConfig): (extras: Extras) => Extras {
  const simulator = config.inspector ? startSimulator(scope) : NO_SIMULATION
  const notesOf = traceNavigations(scope)
  if (config.preload) watchPreloads(scope, simulator, notesOf)
  scope.addEventListener('message', (event) => event.waitUntil(answerInspector(config, simulator, event)))
  return (extras) => ({
    ...extras,
    network: watchedNetwork(extras.network ?? PLAIN, notesOf),
    copies: extras.copies && watchedCopies(extras.copies, notesOf),
    onLookup(request, navigation, record) {
      notesOf(request).found = { navigation, record, at: performance.now() }
    },
    onAnswer(event, answer) {
      const { request } = event
      if (!answer) return simulator.current() === 'offline' && isCut(request) ? failed : undefined
      return request.mode === 'navigate' && !isOfInspector(request)
        ? () => watched(event, answer, { notes: notesOf(request), simulator, config })
        : answer
    },
  })
}

const failed: Answer = () => Promise.resolve(Response.error())

/** What the worker lets through and the simulated lack of a network does not. */
function isCut(request: Request): boolean {
  return new URL(request.url).origin === location.origin && !isOfInspector(request)
}

type Watching = { readonly notes: Notes; readonly simulator: Simulator; readonly config: WorkerConfig }

function watched(event: FetchEvent, answer: Answer, { notes, simulator, config }: Watching): Promise<Response> {
  const { response, answered } = watchAnswer(event, answer(), notes)
  const keep = async (): Promise<void> => {
    const what = await answered
    const around = { timeOrigin: performance.timeOrigin, simulation: simulator.current() }
    await keepVisit(toVisit(new URL(event.request.url), notes, what, around), config)
  }
  event.waitUntil(keep().catch(() => {}))
  return response
}

/** The preload of each navigation as it would have come, before anybody else reads it (preload/transport.ts). */
function watchPreloads(scope: ServiceWorkerGlobalScope, { preload }: Simulator, notesOf: NotesOf): void {
  scope.addEventListener('fetch', (event) => {
    if (event.request.mode !== 'navigate') return
    const notes = notesOf(event.request)
    const arriving = preload(event.preloadResponse)
    arriving.then(
      (response) => void (notes.isPreloaded = response instanceof Response),
      () => {},
    )
    Object.defineProperty(event, 'preloadResponse', { value: arriving, configurable: true })
  })
}

async function keepVisit(visit: Visit, { inspector, debug }: WorkerConfig): Promise<void> {
  if (debug) logVisit(visit)
  if (!inspector) return
  await addVisit(visit, isFromRecord(visit) ? visit.digest : undefined)
}
