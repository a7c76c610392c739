// Finds out whether a build's pages start Next by themselves, by running its scripts: each alone, in an empty realm, until it fails
// because there is no browser. What it has handed to the chunk loader by then gives the answer. Only Next's own scripts are run
// (`rootMainFiles`): they begin by handing themselves over, and none of them runs a module before all of them are loaded.

import { createContext, runInContext } from 'node:vm'

/** A script that takes longer does more than define itself, so it is not one of those. */
const TIMEOUT_MS = 1000

/** @param scripts - Their source. */
export function startsItself(scripts: readonly string[]): boolean {
  return scripts.some((script) => handedOver(script).some(asksForModules))
}

/** Everything that a script pushes to lists of the global object, whatever their names. */
function handedOver(script: string): readonly unknown[] {
  const global: Record<string, unknown> = {}
  global['self'] = global
  try {
    runInContext(script, createContext(global, { microtaskMode: 'afterEvaluate' }), { timeout: TIMEOUT_MS })
  } catch {
    // There is no document. Only what the script did before this error counts.
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

/** A list of another realm: `Array.isArray` works there and `instanceof` does not. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value)
}
