// `withShellCache()`: sets our adapter on a config, or leaves the config as it is and says why. Next loads a next.config in every
// command, and more than once a process.

import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { NextConfig } from 'next'

import { type OtherAdapter, type Problem, problems, tell } from '../errors.ts'
import { handOverOptions, tellAtExitIfReplaced } from './hand-over.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'
import { installedNext, isTooOld, unsupportedIn, unsupportedToUninstall } from './supported.ts'

/** A config as Next takes it where it depends on the command: a function of phase and defaults. */
export type ConfigFunction = (phase: string, context: { defaultConfig: NextConfig }) => NextConfig | Promise<NextConfig>

/** Whatever `next.config` may export. */
export type AnyConfig = NextConfig | Promise<NextConfig> | ConfigFunction

/**
 * Serves the app's prerendered shells from the visitor's own browser and streams the holes in behind them.
 *
 * @param config - The app's config, with `cacheComponents: true`: an object, a promise of one, or a function, as `next.config`
 *   may export them and as other packages' wrappers return them.
 * @param options - See {@link ShellCacheOptions}; the defaults fit most apps.
 * @returns A config of the same form. Where the shell cache cannot work it is the same config, and the console says why.
 */
export function withShellCache(config: NextConfig, options?: ShellCacheOptions): NextConfig
export function withShellCache(config: ConfigFunction, options?: ShellCacheOptions): ConfigFunction
export function withShellCache(config: Promise<NextConfig>, options?: ShellCacheOptions): Promise<NextConfig>
export function withShellCache(config: AnyConfig, options?: ShellCacheOptions): AnyConfig
export function withShellCache(config: AnyConfig, options: ShellCacheOptions = {}): AnyConfig {
  if (typeof config !== 'function') return withAdapter(config, options)
  return (phase, context) => withAdapter(config(phase, context), options)
}

/** The built adapter lies beside the built entry. (Vite inlines a file that `new URL(…, import.meta.url)` names.) */
const ADAPTER_PATH = join(dirname(fileURLToPath(import.meta.url)), 'adapter.js')

function withAdapter(config: NextConfig | Promise<NextConfig>, options: ShellCacheOptions): typeof config {
  if (isPromise(config)) return config.then((awaited) => withAdapter(awaited, options))
  const problem = problemOf(config, options)
  if (problem) {
    tell(problem)
    return config
  }
  if (config.adapterPath !== undefined) tell(problems.appliedTwice)
  handOverOptions(options)
  tellAtExitIfReplaced()
  return { ...config, adapterPath: ADAPTER_PATH }
}

/** Of any realm: a config file that Next compiles need not share its globals. */
function isPromise(config: NextConfig | Promise<NextConfig>): config is Promise<NextConfig> {
  return 'then' in config && typeof config.then === 'function'
}

function problemOf(config: NextConfig, { uninstall }: ShellCacheOptions): Problem | undefined {
  const version = installedNext(process.cwd())
  if (version !== undefined && isTooOld(version)) return problems.oldNext(version)
  const named = adapterOf(config)
  if (named && !isOurs(named.path)) return problems.otherAdapter(named)
  return uninstall === true ? unsupportedToUninstall(config) : unsupportedIn(config)
}

/** Next takes the older, experimental name in the place of the newer one. */
function adapterOf({ adapterPath, experimental }: NextConfig): OtherAdapter | undefined {
  const older: unknown = experimental && Reflect.get(experimental, 'adapterPath')
  if (typeof older === 'string') return { path: older, setBy: '`experimental.adapterPath`' }
  if (adapterPath !== undefined) return { path: adapterPath, setBy: '`adapterPath`' }
  const byHost = process.env['NEXT_ADAPTER_PATH']
  return byHost ? { path: byHost, setBy: 'NEXT_ADAPTER_PATH' } : undefined
}

/** Also by the package's name. */
function isOurs(adapterPath: string): boolean {
  if (adapterPath === ADAPTER_PATH) return true
  try {
    return createRequire(import.meta.url).resolve(adapterPath) === ADAPTER_PATH
  } catch {
    return false
  }
}
