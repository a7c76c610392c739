// What a browser says of itself with a navigation preload: which shell it shows for each page. The header (PRELOAD_HEADER of wire.ts)
// belongs to the registration and is the same for every page, so it lists what differs from what the build has published. Written by
// sw/preload/registration.ts, read by origin/answer/preload.ts.

import { decodeBuildId } from './wire.ts'

export type ShellInventory = {
  /** As {@link namedBuild} returns it. */
  readonly buildId: string
  /** True if every key that is not named here shows what the build has published. Otherwise nothing is known of those keys. */
  readonly hasAll: boolean
  readonly named: ReadonlyMap<KeyHash, Shown>
}

type App = { readonly buildId: string; readonly basePath: string }

/**
 * A build and its app: another app on the origin may have the same build id, and gets requests from this app's worker until it has a worker
 * of its own. Also the value of BUILD_HEADER (wire.ts). An encoded id has no slash; a base path begins with one.
 */
export function namedBuild({ buildId, basePath }: App): string {
  return encodeURIComponent(buildId) + encodeURI(basePath)
}

/** Whether a server of this very app says that it has another build; another app's server says nothing about this one. */
export function namesOtherBuild(value: string | null, own: App): boolean {
  return !!value && value !== namedBuild(own) && value.replace(/^[^/]*/, '') === encodeURI(own.basePath)
}

/** What is shown for a key: a record that the build has not published, nothing, or whatever a path without a record gets. */
export type Shown =
  | { readonly kind: 'own'; readonly start: DigestStart }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'absent' }

declare const mark: unique symbol
/** A key in a few characters; see {@link keyHashOf}. */
export type KeyHash = string & { readonly [mark]: true }

declare const start: unique symbol
/** The beginning of a digest: 60 bits, which tell the records of one key apart. */
export type DigestStart = string & { readonly [start]: true }

export function startOf(digest: string): DigestStart {
  return digest.slice(0, 10) as DigestStart
}

/**
 * Of a record's key: 32 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). Two keys with the same hash cost one more request,
 * because the worker shows nothing that is not of the digest that it has.
 */
export function keyHashOf(key: string): KeyHash {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36) as KeyHash
}

/** `<buildId>; all; but=<mark>.<start>,<mark>,<mark>.`: these three show a record of their own, nothing, and their route's record. */
export function formatPreloadHeader({ buildId, hasAll, named }: ShellInventory): string {
  const entries = [...named].map(([key, shown]) => key + SUFFIX[shown.kind] + (shown.kind === 'own' ? shown.start : ''))
  const others = entries.length > 0 ? `; but=${entries.join(',')}` : ''
  return `${encodeURIComponent(buildId)}${hasAll ? '; all' : ''}${others}`
}

const SUFFIX = { own: '.', absent: '.', hidden: '' } as const

/** What a header's value says; undefined if it has another form. */
export function parsePreloadHeader(value: string): ShellInventory | undefined {
  const parts = /^([^;\s]{1,512})(; all)?(?:; but=([\w.,-]{1,1024}))?$/.exec(value)
  const buildId = decodeBuildId(parts?.[1])
  const entries = (parts?.[3]?.split(',') ?? []).map((entry) => /^([\da-z]{1,7})(\.([\w-]{10})?)?$/.exec(entry))
  if (!parts || buildId === undefined || entries.includes(null)) return undefined
  return { buildId, hasAll: parts[2] !== undefined, named: new Map(entries.map((entry) => toNamed(entry ?? []))) }
}

function toNamed([, key = '', dot, own]: readonly (string | undefined)[]): [KeyHash, Shown] {
  if (own !== undefined) return [key as KeyHash, { kind: 'own', start: own as DigestStart }]
  return [key as KeyHash, { kind: dot === undefined ? 'hidden' : 'absent' }]
}
