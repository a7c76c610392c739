// Makes Next add the worker's registration to every page, so that the app does not have to: `instrumentationClientInject`, since Next 16.3.
// If that is not possible, the build tells the app to render <ShellCache />.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { NextConfig } from 'next'

import type { Settings } from './options.ts'

const MODULE = 'next-shell-cache/auto'

/** Adapters get the config with Next's defaults, so a release that does not know the option has no such list. */
const LIST = 'instrumentationClientInject'

/** @param config - As Next hands it to an adapter. */
export function withRegistration<Config extends NextConfig>(
  config: Config,
  projectDir: string,
  { register }: Pick<Settings, 'register'>,
): Config {
  const list: unknown = Reflect.get(config, LIST)
  if (!register || !Array.isArray(list) || list.includes(MODULE) || !isFound(projectDir)) return config
  return { ...config, [LIST]: [...list, MODULE] }
}

/** Whether {@link withRegistration} was applied. */
export function registersItself(config: NextConfig): boolean {
  const list: unknown = Reflect.get(config, LIST)
  return Array.isArray(list) && list.includes(MODULE)
}

/** Next resolves the module from the app's folder. If only another package depends on it, it may be missing there and break the build. */
function isFound(projectDir: string): boolean {
  try {
    createRequire(join(projectDir, 'package.json')).resolve(MODULE)
    return true
  } catch {
    return false
  }
}
