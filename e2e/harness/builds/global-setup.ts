// Builds the apps of the suite before the first test, unless they are there already.

import { buildApps } from './build-apps.ts'

export default async function prepare(): Promise<void> {
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1') return
  // Names of apps with spaces between them: only these are built anew, for work on one of them.
  await buildApps(process.env['SHELL_CACHE_BUILD']?.split(/\s+/) ?? [])
}
