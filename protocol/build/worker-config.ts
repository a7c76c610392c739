// What the adapter bakes into the worker's script. Constants, never a query of the script's URL: anyone who can register a
// worker with another configuration owns the site (docs/discoveries/browsers.md).

import type { HeaderList, RecordKey } from '../record/record.ts'
import type { RouteEntry } from './route-match.ts'

/** The constants of one build. */
export type WorkerConfig = {
  /** Next's own; a record of another build is never shown. */
  readonly buildId: string
  /** '' or '/docs'; never with a trailing slash. */
  readonly basePath: string
  /** Next's `trailingSlash`: the other form of a path is a redirect, and redirects come from the network. */
  readonly trailingSlash: boolean
  /** Path of this build's manifest on this origin; it changes with the manifest's content. */
  readonly manifestUrl: string
  /** How the URLs of the build's static files begin: with paths on this origin or, by Next's `assetPrefix`, a URL on another. */
  readonly staticUrls: readonly string[]
  /** Security headers that `next.config` gives the worker's own script: the host adds any other that is on it. */
  readonly scriptHeaders: HeaderList
  /** How long the worker waits, and for what. */
  readonly timeouts: Timeouts
  /** How much the worker keeps. */
  readonly budget: Budget
  /** What the worker shows without a network. */
  readonly offline: Offline
  /** Paths, with `basePath`, of the drawings (SVG) that are stored for shells. */
  readonly drawings: readonly string[]
  /** The URL of the script that watches over a page, for shells that do not load it by themselves; '' if all do. */
  readonly watchUrl: string
  /** Next's `deploymentId`: responses to its router name it if the build has one. */
  readonly deploymentId: string | undefined
  /** Paths, with `basePath`: responses to writing requests below them are checked for `shell-cache-invalidate`. */
  readonly invalidateOn: readonly string[]
  /** Whether a new worker takes over as soon as it is installed, or when the page says so. */
  readonly update: 'immediate' | 'prompt'
  /** Whether the browser's navigation preload carries the request for the holes. */
  readonly preload: boolean
  /** How the worker gets what follows a shell. */
  readonly transport: Transport
  /** Whether a page is made interactive before its rest has arrived. */
  readonly earlyStart: boolean
  /** An inline script that is sent with such a page: WebKit would run the page's own scripts only after its end. '' if no page starts early. */
  readonly runTag: string
  /** Routes whose pages are kept as they were seen. Needs the bundle that can do that (sw/entries/copying-worker.ts). */
  readonly offlineCopies: readonly string[]
  /** The URL of the script that shows a copy's holes while the network is slow; '' if it must not show any. */
  readonly staleUrl: string
  /** Whether server actions carry the state of the page's shell. */
  readonly actions: boolean
  /** This and `debug` need the bundle that knows them (sw/entries/inspected-worker.ts). */
  readonly inspector: boolean
  /** Whether the worker says on the console what it does. */
  readonly debug: boolean
  /** See route-match.ts for what the table must hold. */
  readonly routes: readonly RouteEntry[]
}

/** How the worker gets what follows a shell: from our origin, from Next's own protocol, from the whole document. */
export type Transport = 'auto' | 'next-resume' | 'prefix'

/** What a visitor without a network gets if there is no record: the app's own page, stored like any other, or a plain one. */
export type Offline = {
  /** Shown instead of a page that is not stored. */
  readonly page:
    | {
        /** The key of a stored page of the app. */
        readonly key: RecordKey
      }
    | {
        /** A whole document. */
        readonly html: string
      }
  /** Whether such a visitor sees a record past its expiry. */
  readonly expired: boolean
}

/** The most that a browser keeps of a site. */
export type Budget = {
  /** How many shells. */
  readonly records: number
  /** Their bytes. */
  readonly bytes: number
  /** Bytes of the pictures in them. */
  readonly images: number
  /**
   * Compressed bytes of shells, and of what they need, that the first visit after a build downloads. The rest is fetched when it is visited
   * or linked to. If absent: as many as the page itself took, at most 512000.
   */
  readonly install?: number | undefined
}

/** How long the worker waits, in milliseconds. */
export type Timeouts = {
  /** For the visitor's database. */
  readonly store: number
  /** For a network that does not answer, if the page can start without it. */
  readonly offline: number
  /** For the headers of what follows a shell. */
  readonly response: number
  /** Between two pieces of it. */
  readonly idle: number
}
