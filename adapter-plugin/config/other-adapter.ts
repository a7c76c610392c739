// The adapter that an app or its host names beside ours. Next runs one, so ours runs it:
//
//   must find and load it as Next would (`server/config.js`, applyModifyConfig);
//   must hand it what Next would have, and let through what it throws: that is not ours to judge.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { NextAdapter, NextConfig } from 'next'

import { isObject } from '../../protocol/json-shape.ts'
import { tell } from '../errors.ts'
import { hostProblems, type OtherAdapter } from '../host-problems.ts'

/** Next takes the older, experimental name in the place of the newer one. */
export function namedAdapter({ adapterPath, experimental }: NextConfig): OtherAdapter | undefined {
  const older: unknown = experimental && Reflect.get(experimental, OLDER_NAME)
  if (typeof older === 'string') return { path: older, setBy: '`experimental.adapterPath`' }
  if (adapterPath !== undefined) return { path: adapterPath, setBy: '`adapterPath`' }
  const byHost = process.env['NEXT_ADAPTER_PATH']
  return byHost ? { path: byHost, setBy: 'NEXT_ADAPTER_PATH' } : undefined
}

const OLDER_NAME = 'adapterPath'

/** Next would put what it names in the place of our adapter. */
export function withoutOlderName(config: NextConfig): NextConfig {
  if (!config.experimental || !(OLDER_NAME in config.experimental)) return config
  const entries = Object.entries(config.experimental).filter(([name]) => name !== OLDER_NAME)
  return { ...config, experimental: Object.fromEntries(entries) }
}

/** Whether a path, or the name of a package, leads to a file. */
export function isAdapterAt(path: string, file: string): boolean {
  if (path === file) return true
  try {
    return createRequire(import.meta.url).resolve(path) === file
  } catch {
    return false
  }
}

/** An adapter to run beside ours. */
export type Extended = {
  readonly adapter: NextAdapter
  /** What names it; undefined where it was given as an object. */
  readonly path: string | undefined
}

/** Rejects as Next would without us where it cannot be loaded, and says whose it is. */
export async function loadAdapter(other: OtherAdapter, projectDir: string): Promise<Extended> {
  try {
    const { resolve } = createRequire(join(projectDir, 'package.json'))
    const file = createRequire(resolve('next/package.json')).resolve(other.path)
    const module: NextAdapter & { readonly default?: NextAdapter } = await import(
      /* @vite-ignore */ pathToFileURL(file).href
    )
    return { adapter: module.default ?? module, path: other.path }
  } catch (error) {
    tell(hostProblems.adapterNotLoaded(other, error))
    throw error
  }
}

type ModifyConfig = NonNullable<NextAdapter['modifyConfig']>
type CompleteConfig = Parameters<ModifyConfig>[0]

/** The config as the other adapter wants it. Our adapter stays the one that Next runs. */
export async function extendConfig(
  { adapter, path }: Extended,
  config: CompleteConfig,
  context: Parameters<ModifyConfig>[1],
): Promise<CompleteConfig> {
  if (typeof adapter.modifyConfig !== 'function') return config
  const given = path === undefined ? config : { ...config, adapterPath: path }
  const changed: unknown = await adapter.modifyConfig(given, context)
  if (!isConfig(changed)) tell(hostProblems.adapterWithoutConfig(adapter.name))
  const { adapterPath } = config
  return { ...(isConfig(changed) ? changed : given), ...(adapterPath === undefined ? {} : { adapterPath }) }
}

function isConfig(value: unknown): value is CompleteConfig {
  return isObject(value)
}

/** The end of a build, for the other adapter. */
export async function completeBuild(
  { adapter, path }: Extended,
  context: Parameters<NonNullable<NextAdapter['onBuildComplete']>>[0],
): Promise<void> {
  if (typeof adapter.onBuildComplete !== 'function') return
  const config = path === undefined ? context.config : { ...context.config, adapterPath: path }
  await adapter.onBuildComplete({ ...context, config })
}
