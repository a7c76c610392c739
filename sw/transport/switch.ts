// The host's switch for every worker: `shell-cache: off` on any response of the app. It counts only if the worker's own script says so too,
// which no cache on the way keeps: a cached page may say for a week what was true for a minute, and a worker that came and went with each
// response would load its shells again and again.
//
//   must cost nothing while no response says it;
//   must be heard before anything from the response is stored.

import { isOff } from '../../protocol/page/switch.ts'
import { SWITCH_HEADER, WORKER_PATH } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withDeadline } from '../util/async.ts'
import { SWITCH_MS } from '../util/timeouts.ts'
import { noteBuild } from './other-build.ts'

let isSaid = false
let stepAside: () => unknown = () => {}

/** Whether shells must be neither shown nor fetched. */
export function isSwitchedOff(): boolean {
  return isSaid
}

/**
 * One listener for the whole worker, as there is one switch: handed down, it would be a parameter of each way to the network.
 *
 * @param listener - Called when a response says `off` for the first time.
 */
export function whenSwitchedOff(listener: () => unknown): void {
  stepAside = listener
}

/** Must be called with every response of the app that a navigation brings. */
export function heard(answer: Response): Response {
  noteBuild(answer)
  if (!isSaid && saysOff(answer)) {
    isSaid = true
    stepAside()
  }
  return answer
}

function saysOff({ headers }: Response): boolean {
  return isOff(headers.get(SWITCH_HEADER))
}

/**
 * What the worker's own script says now. Never rejects. Without a response, what was heard last holds.
 *
 * @param seen - Called with the response, or without one, if shells are on. Awaited.
 */
export async function askSwitch(
  config: WorkerConfig,
  seen?: (script: Response | undefined, config: WorkerConfig) => Promise<void>,
): Promise<boolean> {
  const asking = fetch(config.basePath + WORKER_PATH, { method: 'HEAD', cache: 'no-store' })
  const answer = await withDeadline(asking, SWITCH_MS).catch(() => undefined)
  if (answer && answer.status < 500) isSaid = saysOff(answer)
  if (!isSaid) await seen?.(answer, config)
  return isSaid
}
