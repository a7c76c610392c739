// What the adapter leaves on the server's disk for the origin: which records this build made, which route answers which path, which
// requests Next serves without a shell. It is below `<distDir>/server/`, which no server publishes.

import type { Digest } from '../digest.ts'
import type { RecordKey } from '../record/record.ts'
import type { RouteEntry } from './route-match.ts'

export const ORIGIN_MANIFEST_VERSION = 4

export type OriginRecord = {
  readonly key: RecordKey
  /** The pattern of the route that renders it. */
  readonly route: string
  readonly digest: Digest
  /** The record's frame, relative to the folder of the manifest. */
  readonly file: string
  /** The tags by which Next revalidates it, in clear text: only the server reads this. */
  readonly tags: readonly string[]
}

/** `route` is the app's own; it differs from `pattern` for a concrete page and for an intermediate shell. */
export type OriginRoute = RouteEntry & {
  readonly route: string
  /** For a route that is off: no rule of the app leads any of its requests elsewhere. */
  readonly isFinal?: boolean | undefined
}

/** A header that makes a request bypass every shell. `value` is a regular expression for the whole value, as in Next. */
export type BypassRule = { readonly header: string; readonly value?: string | undefined }

export type OriginManifest = {
  readonly version: typeof ORIGIN_MANIFEST_VERSION
  readonly buildId: string
  /** When the build began, in milliseconds since the epoch: it has read nothing in its records before that. */
  readonly builtAt: number
  readonly basePath: string
  /** The app has a `cacheHandler` of its own for its pages. */
  readonly hasOwnPageCache?: boolean | undefined
  /** Where the seal's key comes from: the environment, or the file next to this manifest. */
  readonly key: 'SHELL_CACHE_SECRET' | 'file'
  readonly routes: readonly OriginRoute[]
  readonly bypassFor: readonly BypassRule[]
  /** Bytes of the largest body of a server action that may follow a state; undefined if none may. */
  readonly actionBytes?: number | undefined
  readonly records: readonly OriginRecord[]
  /** The file that rests are compressed with, here and in the public folder; undefined if there is none. */
  readonly dictionary?: string | undefined
}
