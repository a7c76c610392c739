// Which versions of Next the package claims (package.json) and on which the suite runs: the one of package-lock.json, on which all
// apps are built but the lowest release's; or the one that `npm run test:next` names, on which all of a run's apps are built.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** `>=16.2.5 <17` and no other form: the suite has to know the ends. */
export type PeerRange = { readonly lowest: string; readonly below: number }

export function peerRange(): PeerRange {
  const manifest: { readonly peerDependencies: { readonly next: string } } = JSON.parse(read('package.json'))
  const range = manifest.peerDependencies.next
  const [, lowest, below] = /^>=(\d+\.\d+\.\d+) <(\d+)$/.exec(range) ?? []
  if (lowest === undefined || below === undefined) throw new Error(`The peer range ${range} of next is of another form`)
  return { lowest, below: Number(below) }
}

/** The version that package-lock.json keeps to. */
export function lockedNext(): string {
  const lock: { readonly packages: Readonly<Record<string, { readonly version: string }>> } = JSON.parse(
    read('package-lock.json'),
  )
  return lock.packages['node_modules/next']?.version ?? ''
}

/** The version that an app is built and run with. */
export function nextOf(folder: string): string {
  const manifest: { readonly version: string } = createRequire(join(folder, 'package.json'))('next/package.json')
  return manifest.version
}

/** What `npm run test:next` has asked for: a version, exact. */
export const NAMED_NEXT: string | undefined = process.env['SHELL_CACHE_NEXT']

function read(name: string): string {
  return readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')
}
