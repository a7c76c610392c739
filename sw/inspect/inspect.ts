// Lets a worker watch itself, for builds with the options `inspector` or `debug`. What it notes about each navigation is sent to the
// inspector's page and to the console. To be called while the script is first evaluated.
//
//   must not change what a visitor gets, unless something is simulated;
//   must cost builds without these options nothing: only bundles that need it contain it.

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

/**
 * Returns a function that adds the watching to a worker's extras. Must be called before any other listener is added, to note what they get.
 */
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

/** A request that the worker lets through, but a simulated lack of network must stop. */
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

/** Replaces the preload of each navigation by what the simulation makes of it, before preload/transport.ts reads it. */
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
