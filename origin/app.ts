// One built app as the origin serves it: loaded once from what the adapter left on disk, never written. Called by index.ts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseJson } from '../protocol/json-shape.ts'
import { type OriginManifest, parseOriginManifest } from '../protocol/origin-manifest.ts'
import { compileRoutes } from '../protocol/route-match.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
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
  readonly manifest: OriginManifest
  readonly limits: Limits
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
  if (!manifest || !key) return undefined
  const known = new KnownRecords(folder, manifest.records)
  const { buildId, basePath, trailingSlash, routes, entrypoints } = manifest
  return {
    manifest,
    limits,
    proxyPaths: manifest.proxyPaths.map((source) => new RegExp(source, 'i')),
    rules: {
      table: compileRoutes(routes),
      entrypoints: new Map(entrypoints.map((entrypoint) => [entrypoint.pattern, entrypoint])),
      basePath,
      trailingSlash,
    },
    vault: { buildId, key, known, cache: new StateCache(limits.cachedStateBytes), limits },
    build: openNextBuild(location, manifest.compress),
  }
}

function readManifest(folder: string): OriginManifest | undefined {
  const parsed = parseOriginManifest(readJson(join(folder, 'origin.json')))
  if (parsed.ok) return parsed.manifest
  report(
    `${join(folder, 'origin.json')} ${parsed.reason}.`,
    'Pages come whole from the network, no shell is resumed here.',
    'Run `next build` with withShellCache() in next.config and the version of next-shell-cache that runs here.',
  )
  return undefined
}

function readJson(file: string): unknown {
  try {
    return parseJson(readFileSync(file, 'utf8'))
  } catch {
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
  report(
    key === 'file' ? `The key of the seals is missing from ${folder}.` : 'SHELL_CACHE_SECRET is not set.',
    'The states of this build cannot be opened, so pages come whole from the network.',
    key === 'file' ? 'Deploy the whole build folder, or build again.' : 'Set it to the value that the build had.',
  )
  return undefined
}
