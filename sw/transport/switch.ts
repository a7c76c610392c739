// The host's word to every worker: `shell-cache: off` on any answer of the app. It counts where the worker's own script says so too, which
// nothing on the way keeps: a page that a cache has kept may say for a week what held for a minute, and a worker that came and went with
// each answer would load its shells for ever.
//
//   must cost nothing while no one says it;
//   must be heard before anything that the answer brings is stored.

import { isOff } from '../../protocol/page/switch.ts'
import { SWITCH_HEADER, WORKER_PATH } from '../../protocol/wire.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { withDeadline } from '../util/async.ts'
import { SWITCH_MS } from '../util/timeouts.ts'
import { noteBuild } from './other-build.ts'

let isSaid = false
let stepAside: () => unknown = () => {}

/** Whether no shell is to be shown and none to be got. */
export function isSwitchedOff(): boolean {
  return isSaid
}

/**
 * One for the worker, as the word is: handed down, it would be a parameter of each way to the network.
 *
 * @param listener - Called when a response says it for the first time.
 */
export function whenSwitchedOff(listener: () => unknown): void {
  stepAside = listener
}

/** To be called with every answer of the app that a navigation brings. */
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
 * What the worker's own script says now. Never rejects; without an answer what was heard last holds.
 *
 * @param seen - Gets the answer, or none, where shells are on; waited for.
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
