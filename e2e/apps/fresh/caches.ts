// The cache that the servers of one app share (shared.spec.ts): none, this suite's own handler in redis-cache.mjs, or a third-party
// handler, set up as its documentation says (e2e/harness/builds/cache-handlers.ts installs them).

import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { NextConfig } from 'next'

const file = (name: string): string => join(process.cwd(), name)
const ours = (name: string): string => file(`caches/${name}.mjs`)

type Caches = Pick<NextConfig, 'cacheHandler' | 'cacheHandlers' | 'cacheMaxMemorySize'>

/** The config of each handler, by its name in FRESH_SHARED. */
const CACHES: Readonly<Record<string, () => Caches>> = {
  own: () => ({ cacheHandler: file('redis-cache.mjs') }),
  fortedigital: () => ({ cacheHandler: ours('fortedigital') }),
  'fortedigital+mrjasonroy': () => ({ cacheHandler: ours('fortedigital'), cacheHandlers: both(ours('mrjasonroy')) }),
  mrjasonroy: () => ({ cacheHandlers: both(ours('mrjasonroy')) }),
  trieb: () => ({
    cacheHandler: createRequire(file('package.json')).resolve('@trieb.work/nextjs-turbo-redis-cache'),
    cacheHandlers: both(ours('trieb')),
  }),
}

/** For `use cache` and for `use cache: remote`. */
function both(handler: string): Record<string, string> {
  return { default: handler, remote: handler }
}

export function cachesOf(name: string | undefined): Caches {
  if (name === undefined) return {}
  const caches = CACHES[name]
  if (!caches) throw new Error(`FRESH_SHARED is ${name}: no such cache handler`)
  return { ...caches(), cacheMaxMemorySize: 0 }
}
