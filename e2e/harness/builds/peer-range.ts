// Tells which versions of Next the package supports (package.json) and which one the suite runs on. All apps are built on the version
// in package-lock.json, except the one for the lowest release; or all of them on the version that `npm run test:next` names.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The range must have the form `>=16.2.5 <17`: the suite has to know both ends. */
export type PeerRange = { readonly lowest: string; readonly below: number }

export function peerRange(): PeerRange {
  const manifest: { readonly peerDependencies: { readonly next: string } } = JSON.parse(read('package.json'))
  const range = manifest.peerDependencies.next
  const [, lowest, below] = /^>=(\d+\.\d+\.\d+) <(\d+)$/.exec(range) ?? []
  if (lowest === undefined || below === undefined) throw new Error(`The peer range ${range} of next is of another form`)
  return { lowest, below: Number(below) }
}

/** The version in package-lock.json. */
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

/** The exact version that `npm run test:next` asks for. */
export const NAMED_NEXT: string | undefined = process.env['SHELL_CACHE_NEXT']

function read(name: string): string {
  return readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')
}
