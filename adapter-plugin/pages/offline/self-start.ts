// Whether a build's pages start Next by themselves, by what its scripts do: each is run alone, in an empty realm, up to where it misses a
// browser. What it has handed to the loader of chunks by then tells. Only Next's own scripts are run (`rootMainFiles`): they begin by
// handing themselves over, and none of them runs a module before all of them are there.

import { createContext, runInContext } from 'node:vm'

/** A script that does more than define itself is none of those. */
const TIMEOUT_MS = 1000

/** @param scripts - Their source. */
export function startsItself(scripts: readonly string[]): boolean {
  return scripts.some((script) => handedOver(script).some(asksForModules))
}

/** What a script pushes on the lists of the global object, whatever their names. */
function handedOver(script: string): readonly unknown[] {
  const global: Record<string, unknown> = {}
  global['self'] = global
  try {
    runInContext(script, createContext(global, { microtaskMode: 'afterEvaluate' }), { timeout: TIMEOUT_MS })
  } catch {
    // There is no document: what comes before it is what counts.
  }
  return Object.values(global).flatMap((list) => (isList(list) ? Array.from(list) : []))
}

/** Turbopack: `[script, { otherChunks, runtimeModuleIds }]`. Webpack: `[ids, modules, (load) => …]`. */
function asksForModules(chunk: unknown): boolean {
  if (!isList(chunk)) return false
  return Array.from(chunk).some((part) => typeof part === 'function' || asksByIds(part))
}

function asksByIds(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false
  const ids: unknown = Reflect.get(part, 'runtimeModuleIds')
  return isList(ids) && ids.length > 0
}

/** Of another realm, where `Array.isArray` holds and `instanceof` does not. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value)
}
