// Pretends, if the inspector's page says so, that the network is gone or that the origin refuses.
//
// Replaces `fetch` itself, because every module of the worker uses it: so all of them meet the simulation as they would meet the real
// fault. Requests that the browser sends without asking the worker (static routes, other origins) are not affected.

import { INSPECTOR_PATH, type Simulation } from '../../protocol/page/inspection.ts'
import { formatVerdict } from '../../protocol/verdict.ts'
import { PUBLIC_FOLDER, RESUME_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { withDeadline } from '../util/async.ts'
import { dropBody } from '../transport/document.ts'
import { readSimulated, type Simulated, writeSimulated } from './database.ts'
import { INSPECTOR_FIRST_MS } from '../util/timeouts.ts'

/** Milliseconds. Anyone who forgets a simulation has their app back after this time. */
const SIMULATED_FOR = 10 * 60 * 1000

export type Simulator = {
  /** The simulation, as far as it is known already. */
  readonly current: () => Simulation
  /** The same, after a worker that has just started has read it. */
  readonly known: () => Promise<Simulation>
  /** Resolves when it is stored for all later workers. */
  readonly simulate: (simulation: Simulation) => Promise<void>
  /** The navigation preload under the simulation. */
  readonly preload: (preloadResponse: Promise<unknown>) => Promise<unknown>
}

/** For builds with `debug` only. */
export const NO_SIMULATION: Simulator = {
  current: () => 'nothing',
  known: () => Promise.resolve('nothing'),
  simulate: () => Promise.reject(new Error('this build has no inspector')),
  preload: (preloadResponse) => preloadResponse,
}

/** Replaces the worker's `fetch`. To be called while the script is first evaluated. */
export function startSimulator(scope: ServiceWorkerGlobalScope): Simulator {
  const plainFetch = scope.fetch.bind(scope)
  let simulated: Simulated | undefined
  // If this is too late for the first request, the next one has it.
  const stored = readSimulated().then((found) => (simulated ??= found))
  let reading: Promise<unknown> = withDeadline(stored, INSPECTOR_FIRST_MS).catch(() => {})
  const current = (): Simulation =>
    simulated && Date.now() - simulated.since < SIMULATED_FOR ? simulated.simulation : 'nothing'
  const known = async (): Promise<Simulation> => {
    await reading
    return current()
  }
  scope.fetch = async (input, init) => {
    const simulation = await known()
    if (simulation === 'offline' && !isOfInspector(input)) throw noNetwork()
    return simulation === 'refusal' && isResume(input, init) ? refusal() : plainFetch(input, init)
  }
  return {
    current,
    known,
    async simulate(simulation) {
      simulated = { simulation, since: Date.now() }
      reading = Promise.resolve()
      await writeSimulated(simulated)
    },
    async preload(preloadResponse) {
      const [simulation, response] = [await known(), await preloadResponse]
      if (simulation === 'nothing' || !(response instanceof Response)) return response
      dropBody(response)
      if (simulation === 'offline') throw noNetwork()
      return refusal()
    },
  }
}

/** The inspector's page and script: the place where a simulation is ended must stay reachable. */
export function isOfInspector(input: RequestInfo | URL): boolean {
  const { pathname } = new URL(input instanceof Request ? input.url : input, location.href)
  return pathname.includes(INSPECTOR_PATH) || pathname.includes(`/${PUBLIC_FOLDER}/inspector.`)
}

function noNetwork(): TypeError {
  return new TypeError('The inspector simulates that there is no network.')
}

/** Ours, or Next's own. */
function isResume(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
  return headers.has(RESUME_HEADER) || headers.has('next-resume')
}

function refusal(): Response {
  const headers = { [VERDICT_HEADER]: formatVerdict({ kind: 'refused', reason: 'failed' }) }
  return new Response(null, { status: 409, headers })
}
