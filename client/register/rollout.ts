// Whether this browser gets the worker, in builds with `rollout` or `holdout`: asked once a page load, after it, of the worker's own
// script, whose answer is the only one that nothing on the way keeps. Others have nothing of this file (env.ts).
//
//   must keep the number that it draws: who is in and who is out follows from the share alone;
//   must leave everything as it is where the host does not answer: a share that is not known is no reason to come or to go;
//   must leave nothing behind in the control group.

import {
  drawNumber,
  getsWorker,
  LAST_NUMBER,
  parseNumber,
  parseShares,
  rolloutIn,
} from '../../protocol/page/rollout.ts'
import { SWITCH_HEADER } from '../../protocol/wire.ts'
import type { Registered } from './registration.ts'
import type { Registration, StateStore } from '../state.ts'
import { hasShellCache, removeShellCache } from './unregister.ts'

export type Disabled = Extract<Registration, { status: 'disabled' }>

/** Where the number lies in `localStorage`. One for each app of an origin. */
const numberKey = (scope: string): string => `next-shell-cache:${scope}:number`

/** Undefined where this browser gets the worker; else why it does not, once it has none any more. Never rejects. */
export async function refusalOf(workerUrl: string, scope: string, built: string): Promise<Disabled | undefined> {
  try {
    await untilLoaded()
    const answer = await askHost(workerUrl)
    if (!answer) return (await hasShellCache(scope)) ? undefined : UNKNOWN
    const { rollout, holdout } = parseShares(built)
    const shares = { rollout: rolloutIn(answer.headers.get(SWITCH_HEADER)) ?? rollout, holdout }
    if (getsWorker(ownNumber(scope, localStorageOrNone()), shares)) return undefined
    await removeShellCache(scope)
    return CONTROL
  } catch {
    return UNKNOWN
  }
}

const CONTROL: Disabled = {
  status: 'disabled',
  reason: 'This browser is in the control group: the options `rollout` and `holdout` leave it without a worker.',
  group: 'control',
}
const UNKNOWN: Disabled = {
  status: 'disabled',
  reason: 'The server did not say which share of browsers gets the worker. The next page load asks again.',
}

/** Registers the worker where nothing is refused; what is asked of it before that is known waits. */
export function registerShare(
  register: () => Registered,
  state: Pick<StateStore, 'set'>,
  refused: Promise<Disabled | undefined>,
): Registered {
  const registered = refused.then((refusal) => {
    if (!refusal) {
      state.set({ status: 'registering', group: 'worker' })
      return register()
    }
    state.set(refusal)
    return undefined
  })
  return {
    async update() {
      const worker = await registered
      if (!worker) throw new Error('[shell-cache] No worker is registered.')
      return worker.update()
    },
    applyUpdate: async () => (await registered)?.applyUpdate() ?? false,
    refresh: async (...changed) => (await registered)?.refresh(...changed) ?? false,
    purge: async () => (await registered)?.purge() ?? false,
  }
}

/** A page that loads is not to wait for a share. */
async function untilLoaded(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve))
}

/** Undefined where it does not answer. A host that has no HEAD has no word for us either, and the build's holds. */
async function askHost(workerUrl: string): Promise<Response | undefined> {
  const answer = await fetch(workerUrl, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  return answer && answer.status < 500 ? answer : undefined
}

/** Drawn once. The last one where none can be kept: such a browser gets the worker when all do. */
export function ownNumber(
  scope: string,
  storage: Pick<Storage, 'getItem' | 'setItem'> | undefined,
  random: () => number = Math.random,
): number {
  try {
    const key = numberKey(scope)
    const kept = parseNumber(storage?.getItem(key) ?? null)
    if (kept !== undefined) return kept
    storage?.setItem(key, String(drawNumber(random)))
    // What is there, not what was drawn: another tab may have drawn, too.
    return parseNumber(storage?.getItem(key) ?? null) ?? LAST_NUMBER
  } catch {
    return LAST_NUMBER
  }
}

/** Whether this browser has a number of its own: its group follows from it. */
export function hasNumber(scope: string): boolean {
  try {
    return parseNumber(localStorage.getItem(numberKey(scope))) !== undefined
  } catch {
    return false
  }
}

/** Reading the name alone throws where a browser keeps nothing for a site. */
function localStorageOrNone(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
