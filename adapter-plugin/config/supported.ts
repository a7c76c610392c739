// The releases of Next and the configs that the shell cache must leave alone.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { NextConfig } from 'next'
import * as v from 'valibot'

import { type Problem, problems } from '../errors.ts'

/** What about a config stands in the way, or undefined. */
export function unsupportedIn(config: NextConfig): Problem | undefined {
  if (config.output === 'export') return problems.staticExport
  if (config.cacheComponents !== true) return problems.noCacheComponents
  // Next writes a locale before every path of a rule or a proxy's matcher and before every path that it asks them for, the
  // App Router's too, whose pages have none: a guarded page would seem to be free.
  return config.i18n ? problems.locales : undefined
}

/** A worker that removes itself needs no shells, only a server that serves it. */
export function unsupportedToUninstall(config: NextConfig): Problem | undefined {
  return config.output === 'export' ? problems.staticExport : undefined
}

/** `peerDependencies` of package.json says the same. */
const LOWEST_NEXT = [16, 2, 5] as const

/** From here on all renders of a URL write its static stage alike. Those of 16.3 do not: the first of a server has its rows in another order. */
const ONE_STAGE = [16, 4, 0] as const

export function isTooOld(version: string): boolean {
  return isBefore(version, LOWEST_NEXT)
}

/** Whether what was learned of a page's payload at one visit is there at the next: else each page is loaded anew, once. */
export function hasOneStage(version: string): boolean {
  return !isBefore(version, ONE_STAGE)
}

/** Prereleases count as the release that they lead to: their number says which fixes they have. */
function isBefore(version: string, release: readonly number[]): boolean {
  const parts = version.split(/[.-]/, 3).map(Number)
  for (const [at, lowest] of release.entries()) {
    const part = parts[at] ?? 0
    if (part !== lowest) return part < lowest
  }
  return false
}

/** A package.json, as far as it is read. */
const MANIFEST = v.object({ version: v.string() })

/** The Next that runs in this folder, or undefined where that is hidden. Next 15 does not know adapters: none could say that it is too old. */
export function installedNext(folder: string): string | undefined {
  try {
    const manifest: unknown = createRequire(join(folder, 'package.json'))('next/package.json')
    return v.is(MANIFEST, manifest) ? manifest.version : undefined
  } catch {
    return undefined
  }
}
