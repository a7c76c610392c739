// `withShellCache()`: sets our adapter on a config, or leaves the config as it is and says why. Called by the user's
// next.config, which Next loads in every command and more than once a process.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { NextConfig } from 'next'

import { type Problem, problems, tell } from './errors.ts'
import { handOverOptions } from './options.ts'
import type { ShellCacheOptions } from './shell-cache-options.ts'
import { unsupportedIn, unsupportedToUninstall } from './supported.ts'

/** A config as Next takes it: an object, or a function of phase and defaults. */
export type ConfigFunction = (phase: string, context: { defaultConfig: NextConfig }) => NextConfig | Promise<NextConfig>

/**
 * Serves the app's prerendered shells from the visitor's own browser and streams the holes in behind them.
 *
 * @param config - The app's config, with `cacheComponents: true`; an object or a function.
 * @param options - See {@link ShellCacheOptions}; the defaults fit most apps.
 * @returns A config of the same form. Where the shell cache cannot work it is the same config, and the console says why.
 */
export function withShellCache(config: NextConfig, options?: ShellCacheOptions): NextConfig
export function withShellCache(config: ConfigFunction, options?: ShellCacheOptions): ConfigFunction
export function withShellCache(
  config: NextConfig | ConfigFunction,
  options: ShellCacheOptions = {},
): NextConfig | ConfigFunction {
  if (typeof config !== 'function') return withAdapter(config, options)
  return async (phase, context) => withAdapter(await config(phase, context), options)
}

/** The built adapter lies beside the built entry. (Vite inlines a file that `new URL(…, import.meta.url)` names.) */
const ADAPTER_PATH = join(dirname(fileURLToPath(import.meta.url)), 'adapter.js')

function withAdapter(config: NextConfig, options: ShellCacheOptions): NextConfig {
  const problem = problemOf(config, options)
  if (problem) {
    tell(problem)
    return config
  }
  handOverOptions(options)
  return { ...config, adapterPath: ADAPTER_PATH }
}

function problemOf(config: NextConfig, { uninstall }: ShellCacheOptions): Problem | undefined {
  const other = config.adapterPath ?? process.env['NEXT_ADAPTER_PATH']
  const unsupported = uninstall === true ? unsupportedToUninstall(config) : unsupportedIn(config)
  return other !== undefined && other !== ADAPTER_PATH ? problems.otherAdapter(other) : unsupported
}
