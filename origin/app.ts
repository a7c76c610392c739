// One built app as the origin serves it: loaded once from what the adapter left on disk, never written. Called by index.ts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseJson } from '../protocol/json-shape.ts'
import { type OriginManifest, parseOriginManifest } from '../protocol/origin-manifest.ts'
import { compileRoutes } from '../protocol/route-match.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
import type { Gate } from './admit.ts'
import { report } from './errors.ts'
import { KnownRecords } from './known-records.ts'
import { LIMITS, type Limits } from './limits.ts'
import { type NextBuild, openNextBuild } from './next-build.ts'
import { type SealKey, toSealKey } from './open-seal.ts'
import type { RoutingRules } from './route.ts'
import { StateCache } from './state-cache.ts'
import type { Vault } from './unseal.ts'

/** Where an app lies: `dir` is the folder of its `next.config`, `distDir` is Next's option of that name. */
export type AppLocation = { readonly dir: string; readonly distDir: string }

export type App = {
  readonly basePath: string
  readonly limits: Limits
  readonly gate: Gate
  readonly proxyPaths: readonly RegExp[]
  readonly rules: RoutingRules
  readonly vault: Vault
  readonly build: NextBuild
}

/** The app, or undefined where it was not built with the adapter or its files do not read; says why on the console. */
export function loadApp(location: AppLocation, limits: Limits = LIMITS): App | undefined {
  const folder = join(location.dir, location.distDir, 'server', SERVER_FOLDER)
  const manifest = readManifest(folder)
  const key = manifest && readKey(manifest, folder)
  const proxyPaths = manifest && key && compileProxyPaths(manifest, folder)
  return proxyPaths && assembleApp(location, folder, { manifest, key, proxyPaths, limits })
}

type Parts = Pick<App, 'limits' | 'proxyPaths'> & { readonly manifest: OriginManifest; readonly key: SealKey }

function assembleApp(location: AppLocation, folder: string, { manifest, key, proxyPaths, limits }: Parts): App {
  const { buildId, basePath, trailingSlash, compress, routes, entrypoints, records } = manifest
  const build = openNextBuild(location, compress)
  const known = new KnownRecords(folder, records)
  return {
    basePath,
    limits,
    gate: { buildId, limits, isLimitedBot: build.isLimitedBot },
    proxyPaths,
    rules: {
      table: compileRoutes(routes),
      entrypoints: new Map(entrypoints.map((entrypoint) => [entrypoint.pattern, entrypoint])),
      basePath,
      trailingSlash,
    },
    vault: { buildId, key, known, cache: new StateCache(limits.cachedStateBytes), limits },
    build,
  }
}

function readManifest(folder: string): OriginManifest | undefined {
  const file = join(folder, 'origin.json')
  const text = readText(file)
  const parsed = text === undefined ? undefined : parseOriginManifest(parseJson(text))
  if (parsed?.ok) return parsed.manifest
  reportUnresumable(
    parsed ? `${file} ${parsed.reason}.` : `There is no ${file}.`,
    'Run `next build` with withShellCache() in next.config, and deploy the whole build folder of the same next-shell-cache.',
  )
  return undefined
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** A guard that does not compile guards nothing: without all of them there is no origin. */
function compileProxyPaths({ proxyPaths }: OriginManifest, folder: string): readonly RegExp[] | undefined {
  try {
    return proxyPaths.map((source) => new RegExp(source, 'i'))
  } catch {
    reportUnresumable(
      `${join(folder, 'origin.json')} has a proxy path that does not compile.`,
      'Run `next build` again.',
    )
    return undefined
  }
}

function readKey({ key }: OriginManifest, folder: string): SealKey | undefined {
  try {
    const secret = key === 'file' ? readFileSync(join(folder, 'key')) : process.env['SHELL_CACHE_SECRET']
    if (secret !== undefined && secret.length > 0) return toSealKey(secret)
  } catch {
    // Told below, as where it is empty.
  }
  reportUnresumable(
    key === 'file' ? `The key of the seals is missing from ${folder}.` : 'SHELL_CACHE_SECRET is not set.',
    key === 'file' ? 'Deploy the whole build folder, or build again.' : 'Set it to the value that the build had.',
  )
  return undefined
}

function reportUnresumable(happened: string, todo: string): void {
  report(happened, 'No shell is resumed here, pages come whole from the network.', todo)
}
