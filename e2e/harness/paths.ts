// Where the suite keeps what it makes. Everything lies in one folder that git ignores and that may be deleted at any time.

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { NAMED_NEXT, peerRange } from './builds/peer-range.ts'

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
  'plain-without',
  'plain-upgraded',
  'plain-rooted',
  'proxied',
  'proxied-without',
  'standalone',
  'acting',
  'copying',
  'guide',
  'patient',
  'faults',
  'faults-next',
  'faults-preload',
  'fresh',
  'fresh-preload',
  'fresh-prefix',
  'fresh-shared',
  'fresh-shared-next',
  'migrated',
  'imported',
  'lowest',
  'named',
  'new-app',
  'rooted',
  'rooted-without',
  'wrapped',
  'commonjs',
  'monorepo/apps/web',
] as const
export type AppName = (typeof APPS)[number]

/** In the folder of its Next, where it is not the repository's: what an app resolves is what lies above it. */
export function appFolder(name: string): string {
  const next = name === 'lowest' ? peerRange().lowest : NAMED_NEXT
  return join(next === undefined ? WORK : releaseFolder(next), 'apps', name)
}

/** Where a release of Next is installed, for every run: a version never changes. */
export function releaseFolder(version: string): string {
  return join(WORK, 'next', version)
}
