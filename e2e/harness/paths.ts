// Where the suite keeps what it makes. Everything lies in one folder that git ignores and that may be deleted at any time.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const WORK = join(ROOT, '.work')

/** The apps that a run builds once. */
export const APPS = [
  'shop',
  'shop-next',
  'shop-waiting',
  'shop-preload',
  'shop-inspected',
  'proxied-preload',
  'plain',
  'proxied',
  'standalone',
  'acting',
  'guide',
  'patient',
  'faults',
  'faults-next',
  'faults-preload',
  'fresh',
  'fresh-preload',
  'fresh-shared',
  'migrated',
  'imported',
  'lowest',
  'named',
  'new-app',
  'rooted',
  'wrapped',
  'commonjs',
  'monorepo/apps/web',
] as const
export type AppName = (typeof APPS)[number]

export function appFolder(name: string): string {
  return join(WORK, 'apps', name)
}
