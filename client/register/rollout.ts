// Decides whether this browser gets the worker, in builds with `rollout` or `holdout`. After each page load it reads the shares from the
// headers of the worker's own script, the only response that nothing on the way caches. Other builds do not contain this file (handle.ts).
//
//   must keep the number that it draws, so that only the share decides who is in and who is out;
//   must change nothing if the host does not answer: an unknown share is no reason to add or to remove a worker;
//   must leave nothing stored in the control group.

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

/** The key of the number in `localStorage`. Each app of an origin has its own. */
const numberKey = (scope: string): string => `next-shell-cache:${scope}:number`

/** Undefined if this browser gets the worker. Otherwise why it does not, after its worker was removed. Never rejects. */
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

/** Registers the worker if it is not refused. Calls that come before that is known wait. */
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

/** A page that loads must not wait for a share. */
async function untilLoaded(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve))
}

/** Undefined if the host does not answer. A host without HEAD cannot send us a share either, so the build's share holds. */
async function askHost(workerUrl: string): Promise<Response | undefined> {
  const answer = await fetch(workerUrl, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  return answer && answer.status < 500 ? answer : undefined
}

/** Drawn once. If it cannot be stored, it is the last number: such a browser gets the worker only when all browsers do. */
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
    // The stored number, not the drawn one: another tab may have drawn at the same time.
    return parseNumber(storage?.getItem(key) ?? null) ?? LAST_NUMBER
  } catch {
    return LAST_NUMBER
  }
}

/** Whether this browser has a stored number, from which its group follows. */
export function hasNumber(scope: string): boolean {
  try {
    return parseNumber(localStorage.getItem(numberKey(scope))) !== undefined
  } catch {
    return false
  }
}

/** Even reading the property throws if the browser stores nothing for the site. */
function localStorageOrNone(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}
