// One built app as the origin serves it: loaded once from what the adapter left on disk, never written.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parseJson } from '../protocol/json-shape.ts'
import type { OriginManifest } from '../protocol/build/origin-manifest.ts'
import { compileRoutes } from '../protocol/build/route-match.ts'
import { SERVER_FOLDER } from '../protocol/wire.ts'
import { type SealKeys, toSealKey } from '../seal/seal.ts'
import type { Gate } from './gate/admit.ts'
import { BoundedMap, sizeOfText } from './records/bounded-map.ts'
import { type Bypass, openBypass } from './gate/bypass.ts'
import { report } from './errors.ts'
import { Dictionary } from './records/dictionary.ts'
import { KnownRecords } from './records/known-records.ts'
import { LIMITS, type Limits } from './gate/limits.ts'
import { findRevalidations } from './next/revalidations.ts'
import { canNeverBePage } from './next/route.ts'
import { LastServed } from './records/last-served.ts'
import { PageDigests } from './records/page-digests.ts'
import { parseOriginManifest } from './records/parse-manifest.ts'
import type { Vault } from './records/unseal.ts'

/** Where an app is: `dir` is the folder of its `next.config`, `distDir` is Next's option of that name. */
export type AppLocation = { readonly dir: string; readonly distDir: string }

export type App = {
  readonly limits: Limits
  readonly gate: Gate
  readonly vault: Vault
  readonly digests: PageDigests
  readonly lastServed: LastServed
  /** Undefined if nothing is compressed with one. */
  readonly dictionary: Dictionary | undefined
}

/** The app; undefined if it was not built with the adapter or its files cannot be read. Then it says why on the console. */
export function loadApp({ dir, distDir }: AppLocation, limits: Limits = LIMITS): App | undefined {
  const distFolder = join(dir, distDir)
  const folder = join(distFolder, 'server', SERVER_FOLDER)
  const manifest = readManifest(folder)
  const keys = manifest && readKeys(manifest, folder)
  const bypasses = manifest && keys && compileBypass(manifest, folder, distFolder)
  return bypasses && assembleApp(dir, folder, { manifest, keys, bypasses, limits })
}

type Parts = {
  readonly manifest: OriginManifest
  readonly keys: SealKeys
  readonly bypasses: Bypass
  readonly limits: Limits
}

function assembleApp(dir: string, folder: string, { manifest, keys, bypasses, limits }: Parts): App {
  const { buildId, builtAt, basePath, routes, records, actionBytes, hasOwnPageCache = false } = manifest
  const known = new KnownRecords(folder, records)
  const cache: Vault['cache'] = new BoundedMap(limits.cachedStateBytes, ({ state }) => sizeOfText(state))
  const revalidations = findRevalidations(dir, hasOwnPageCache)
  const lastServed = new LastServed(limits.servedBytes, { known, builtAt, revalidations })
  const rules = {
    table: compileRoutes(routes),
    routes: new Map(routes.map(({ pattern, route }) => [pattern, route])),
    basePath,
    final: new Set(routes.filter(({ mode, isFinal }) => mode === 'off' && isFinal).map(({ pattern }) => pattern)),
  }
  return {
    limits,
    gate: {
      buildId,
      limits,
      bodies: { bytes: 0 },
      bypasses,
      actionBytes,
      canNeverBePage: (target) => canNeverBePage(target, rules),
    },
    digests: new PageDigests(limits.hashedPageBytes, (page, digest) => lastServed.note(page, digest)),
    lastServed,
    dictionary: Dictionary.read(folder, manifest.dictionary, basePath),
    vault: { buildId, keys, known, rules, cache, limits },
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

/** A rule that does not compile would let everybody through: without all rules there is no origin. */
function compileBypass({ bypassFor }: OriginManifest, folder: string, distFolder: string): Bypass | undefined {
  try {
    return openBypass(bypassFor, distFolder)
  } catch {
    reportUnresumable(`${join(folder, 'origin.json')} has a rule that does not compile.`, 'Run `next build` again.')
    return undefined
  }
}

function readKeys({ key }: OriginManifest, folder: string): SealKeys | undefined {
  try {
    const secrets = key === 'file' ? [readFileSync(join(folder, 'key'))] : secretsOf(process.env['SHELL_CACHE_SECRET'])
    const [newest, ...older] = secrets.every((secret) => secret.length > 0) ? secrets.map(toSealKey) : []
    if (newest) return [newest, ...older]
  } catch {
    // Reported below, like an empty key.
  }
  reportUnresumable(
    key === 'file' ? `The key of the seals is missing from ${folder}.` : 'SHELL_CACHE_SECRET is not set.',
    key === 'file' ? 'Deploy the whole build folder, or build again.' : 'Set it to the value that the build had.',
  )
  return undefined
}

/** Separated by spaces or commas, the newest first: the build seals with the newest. */
function secretsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[\s,]+/).filter(Boolean)
}

function reportUnresumable(happened: string, fix: string): void {
  report(happened, 'This server resumes no shells, so pages come whole from the network.', fix)
}
