// Runs the adapter that an app or its host names in addition to ours, because Next runs only one:
//
//   must find and load it as Next would (`server/config.js`, applyModifyConfig);
//   must hand it what Next would, and must not catch what it throws.

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { NextAdapter, NextConfig } from 'next'

import { isObject } from '../../protocol/json-shape.ts'
import { tell } from '../errors.ts'
import { hostProblems, type OtherAdapter } from '../host-problems.ts'

/** If both names are set, Next uses the older, experimental one. */
export function namedAdapter({ adapterPath, experimental }: NextConfig): OtherAdapter | undefined {
  const older: unknown = experimental && Reflect.get(experimental, OLDER_NAME)
  if (typeof older === 'string') return { path: older, setBy: '`experimental.adapterPath`' }
  if (adapterPath !== undefined) return { path: adapterPath, setBy: '`adapterPath`' }
  const byHost = process.env['NEXT_ADAPTER_PATH']
  return byHost ? { path: byHost, setBy: 'NEXT_ADAPTER_PATH' } : undefined
}

const OLDER_NAME = 'adapterPath'

/** Next would run the adapter of the older name instead of ours. */
export function withoutOlderName(config: NextConfig): NextConfig {
  if (!config.experimental || !(OLDER_NAME in config.experimental)) return config
  const entries = Object.entries(config.experimental).filter(([name]) => name !== OLDER_NAME)
  return { ...config, experimental: Object.fromEntries(entries) }
}

/** Whether a path, or the name of a package, resolves to this file. */
export function isAdapterAt(path: string, file: string): boolean {
  if (path === file) return true
  try {
    return createRequire(import.meta.url).resolve(path) === file
  } catch {
    return false
  }
}

/** An adapter to run in addition to ours. */
export type Extended = {
  readonly adapter: NextAdapter
  /** The path that names it; undefined if it was given as an object. */
  readonly path: string | undefined
}

/** If the adapter cannot be loaded, reports what names it and rejects, as Next would without us. */
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

/** The config after the other adapter's changes. Next still runs our adapter. */
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

/** Runs the other adapter's hook for the end of a build. */
export async function completeBuild(
  { adapter, path }: Extended,
  context: Parameters<NonNullable<NextAdapter['onBuildComplete']>>[0],
): Promise<void> {
  if (typeof adapter.onBuildComplete !== 'function') return
  const config = path === undefined ? context.config : { ...context.config, adapterPath: path }
  await adapter.onBuildComplete({ ...context, config })
}
