// Says which releases of Next and which configs the shell cache does not support.

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { NextConfig } from 'next'
import * as v from 'valibot'

import { type Problem, problems } from '../errors.ts'

/** Why the shell cache cannot work with this config, or undefined. */
export function unsupportedIn(config: NextConfig): Problem | undefined {
  if (config.output === 'export') return problems.staticExport
  if (config.cacheComponents !== true) return problems.noCacheComponents
  // Next adds a locale to the paths of all rules and proxy matchers, and to every path that it matches against them. It does so
  // for the App Router too, whose pages have no locale, so a guarded page would look unguarded.
  return config.i18n ? problems.locales : undefined
}

/** A worker that removes itself does not need shells, only a server that serves it. */
export function unsupportedToUninstall(config: NextConfig): Problem | undefined {
  return config.output === 'export' ? problems.staticExport : undefined
}

/** `peerDependencies` of package.json says the same. */
const LOWEST_NEXT = [16, 2, 5] as const

/** Since this release all renders of a URL write the same static stage. In 16.3 a server's first render has the rows in another order. */
const ONE_STAGE = [16, 4, 0] as const

export function isTooOld(version: string): boolean {
  return isBefore(version, LOWEST_NEXT)
}

/** Whether the part of the payload that was learned at one visit is the same at the next. Otherwise each page would reload once. */
export function hasOneStage(version: string): boolean {
  return !isBefore(version, ONE_STAGE)
}

/** A prerelease counts as its release: the number says which fixes it has. */
function isBefore(version: string, release: readonly number[]): boolean {
  const parts = version.split(/[.-]/, 3).map(Number)
  for (const [at, lowest] of release.entries()) {
    const part = parts[at] ?? 0
    if (part !== lowest) return part < lowest
  }
  return false
}

/** The part of a package.json that is read. */
const MANIFEST = v.object({ version: v.string() })

/** Version of the Next in this folder; undefined if it cannot be read. Next 15 has no adapters, so no hook could say that it is too old. */
export function installedNext(folder: string): string | undefined {
  try {
    const manifest: unknown = createRequire(join(folder, 'package.json'))('next/package.json')
    return v.is(MANIFEST, manifest) ? manifest.version : undefined
  } catch {
    return undefined
  }
}
