// What the adapter bakes into the worker's script. Constants, never a query of the script's URL: whoever can register a
// worker with another configuration owns the site (reference/reliability.md 1.5).

import type { RouteEntry } from './route-match.ts'

export type WorkerConfig = {
  readonly buildId: string
  /** '' or '/docs'; never with a trailing slash. */
  readonly basePath: string
  /** Next's `trailingSlash`: the other form of a path is a redirect, and redirects are the network's. */
  readonly trailingSlash: boolean
  /** Path of this build's manifest on this origin; it changes with the manifest's content. */
  readonly manifestUrl: string
  /** Milliseconds that the database has to answer a navigation. */
  readonly storeDeadline: number
  /** These two need the bundle that knows them (sw/with-options.ts). */
  readonly transport: 'auto' | 'next-resume'
  readonly actions: boolean
  /** See route-match.ts for what the table must hold. */
  readonly routes: readonly RouteEntry[]
}
