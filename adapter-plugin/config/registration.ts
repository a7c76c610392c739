// Has Next put what registers the worker into every page, so that an app need not: `instrumentationClientInject`, which Next 16.3 brought.
// Where it cannot be, the app renders <ShellCache />, as the build says.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { NextConfig } from 'next'

import type { Settings } from './options.ts'

const MODULE = 'next-shell-cache/auto'

/** Next has written its defaults into what an adapter is given: a release that does not know the option has no such list. */
const LIST = 'instrumentationClientInject'

/** @param config - As an adapter gets it. */
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

/** Next looks from the app's folder. What only another package of the app depends on need not lie there, and would break the build. */
function isFound(projectDir: string): boolean {
  try {
    createRequire(join(projectDir, 'package.json')).resolve(MODULE)
    return true
  } catch {
    return false
  }
}
