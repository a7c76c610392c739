// `withShellCache()`: sets our adapter on a config, or leaves the config unchanged and says why. Next loads next.config in every
// command, and more than once in a process.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { NextConfig } from 'next'

import { type Problem, problems, tell } from '../errors.ts'
import { handOverAdapter, handOverOptions, tellAtExitIfReplaced } from './options-registry.ts'
import { isAdapterAt, namedAdapter, withoutOlderName } from './other-adapter.ts'
import { removePublicWorker } from './public-worker.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'
import { installedNext, isTooOld, unsupportedIn, unsupportedToUninstall } from './supported.ts'

/** A config that depends on the command: a function of phase and defaults. */
export type ConfigFunction = (phase: string, context: { defaultConfig: NextConfig }) => NextConfig | Promise<NextConfig>

/** Everything that `next.config` may export. */
export type AnyConfig = NextConfig | Promise<NextConfig> | ConfigFunction

/**
 * Serves the app's prerendered shells from the visitor's own browser and streams in the holes.
 *
 * @param config - The app's config, with `cacheComponents: true`. It may have every form that `next.config` may export and that other
 * packages' wrappers return: an object, a promise of one, or a function.
 * @param options - See {@link ShellCacheOptions}; the defaults fit most apps.
 * @returns A config of the same form. If the shell cache cannot work, it is the same config, and the console says why.
 */
export function withShellCache(config: NextConfig, options?: ShellCacheOptions): NextConfig
export function withShellCache(config: ConfigFunction, options?: ShellCacheOptions): ConfigFunction
export function withShellCache(config: Promise<NextConfig>, options?: ShellCacheOptions): Promise<NextConfig>
export function withShellCache(config: AnyConfig, options?: ShellCacheOptions): AnyConfig
export function withShellCache(config: AnyConfig, options: ShellCacheOptions = {}): AnyConfig {
  if (typeof config !== 'function') return withAdapter(config, options)
  return (phase, context) => withAdapter(config(phase, context), options)
}

/** The built adapter is next to the built entry. (Vite would inline a file that `new URL(…, import.meta.url)` names.) */
const ADAPTER_PATH = join(dirname(fileURLToPath(import.meta.url)), 'adapter.js')

function withAdapter(config: NextConfig | Promise<NextConfig>, options: ShellCacheOptions): typeof config {
  if (isPromise(config)) return config.then((awaited) => withAdapter(awaited, options))
  const problem = problemOf(config, options)
  if (problem) {
    tell(problem)
    removePublicWorker(process.cwd())
    return config
  }
  const named = namedAdapter(config)
  const isOurs = named !== undefined && isAdapterAt(named.path, ADAPTER_PATH)
  if (isOurs && named.setBy !== 'NEXT_ADAPTER_PATH') tell(problems.appliedTwice)
  // If the config names our adapter, the inner of two calls has already handed over the other adapter that the app names.
  if (!isOurs) handOverAdapter(named)
  handOverOptions(options)
  tellAtExitIfReplaced()
  return { ...withoutOlderName(config), adapterPath: ADAPTER_PATH }
}

/** A promise of any realm: a config file that Next compiles may have other globals. */
function isPromise(config: NextConfig | Promise<NextConfig>): config is Promise<NextConfig> {
  return 'then' in config && typeof config.then === 'function'
}

function problemOf(config: NextConfig, { uninstall }: ShellCacheOptions): Problem | undefined {
  const version = installedNext(process.cwd())
  if (version !== undefined && isTooOld(version)) return problems.oldNext(version)
  return uninstall === true ? unsupportedToUninstall(config) : unsupportedIn(config)
}
