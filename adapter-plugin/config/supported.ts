// The configs that the shell cache must leave alone. Called by with-shell-cache.ts, and by adapter.ts for a config that names
// an adapter of its own.

import type { NextConfig } from 'next'

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
