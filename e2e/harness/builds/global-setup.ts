// Builds the apps of the suite before the first test, unless they are built already.

import { buildApps } from './build-apps.ts'

export default async function prepare(): Promise<void> {
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1') return
  // Names of apps, separated by spaces: only these are rebuilt. For work on a single app.
  await buildApps(process.env['SHELL_CACHE_BUILD']?.split(/\s+/) ?? [])
}
