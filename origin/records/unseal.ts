// Finds the state to continue from: that of a record that this origin knows, or one from a seal that opens for this very build, path and
// shell. There is no other way to a state, and without one Next is not even asked.

import type { Digest } from '../../protocol/digest.ts'
import type { OriginRecord } from '../../protocol/build/origin-manifest.ts'
import { matchRoute } from '../../protocol/build/route-match.ts'
import type { RecordKey } from '../../protocol/record/record.ts'
import { type OpenedState, openSeal, type SealKeys } from '../../seal/seal.ts'
import type { Admitted } from '../gate/admit.ts'
import type { BoundedMap } from './bounded-map.ts'
import type { KnownRecords } from './known-records.ts'
import type { Limits } from '../gate/limits.ts'
import { isRefused, Refused } from '../gate/refused.ts'
import { pathOf, type RoutingRules } from '../next/route.ts'
import type { RenderIntent } from '../gate/resume-intent.ts'

export type Vault = {
  readonly buildId: string
  readonly keys: SealKeys
  readonly known: KnownRecords
  readonly rules: RoutingRules
  /** Opened states, which need not be opened again. */
  readonly cache: BoundedMap<Digest, OpenedState>
  readonly limits: Limits
}

/** An admitted request and the state to continue from. Only {@link Opened.open} makes one. */
export class Opened {
  declare protected readonly stage: 'opened'
  readonly admitted: Admitted
  readonly digest: Digest
  /** The record's key and its route. Whether they are the page's is decided in confirm.ts. */
  readonly key: RecordKey
  readonly route: string
  /** The digest that the key has here now: another one if the state came from a server that built for itself. */
  readonly current: Digest
  /** Next's own string, untouched; undefined for a record without holes. */
  readonly postponedState: string | undefined

  private constructor(admitted: Admitted, digest: Digest, { key, route, state }: Found, current: Digest) {
    this.admitted = admitted
    this.digest = digest
    this.key = key
    this.route = route
    this.current = current
    this.postponedState = state
  }

  /** Whether the record belongs to the very path that was requested, by the table alone: no rewrite can lead elsewhere. */
  isOfTarget({ known, rules: { table, basePath } }: Pick<Vault, 'known' | 'rules'>): boolean {
    const path = pathOf(this.admitted.target, basePath)
    const match = path === undefined ? undefined : matchRoute(table, path)
    if (path === undefined || match === undefined) return false
    const keys = [path, match.pattern]
    return match.mode === 'instant' && (keys.includes(this.key) || known.isOf(this.digest, keys, this.route))
  }

  /** @param now - Milliseconds since the epoch. */
  static async open(admitted: Admitted, wanted: RenderIntent, vault: Vault, now: number): Promise<Opened | Refused> {
    const { digest } = wanted
    const found = (await findKnown(digest, vault)) ?? findCarried(admitted.target, wanted, vault)
    if (isRefused(found)) return found
    if (isExpired(found, now)) return new Refused('expired')
    return new Opened(admitted, digest, found, vault.known.currentDigest(found.key) ?? digest)
  }
}

/** Opens the state of a record that this build has published. Refused if the record has expired or its file is missing. */
export async function openPublished(
  { digest }: Pick<OriginRecord, 'digest'>,
  vault: Vault,
  now: number,
): Promise<Pick<Opened, 'digest' | 'postponedState'> | Refused> {
  const found = await findKnown(digest, vault)
  if (!found || isRefused(found)) return found ?? new Refused('unknown')
  return isExpired(found, now) ? new Refused('expired') : { digest, postponedState: found.state }
}

function isExpired({ expiresAt }: Found, now: number): boolean {
  return expiresAt !== 0 && now >= expiresAt
}

type Found = {
  readonly key: RecordKey
  readonly route: string
  readonly state: string | undefined
  readonly expiresAt: number
}

async function findKnown(digest: Digest, vault: Vault): Promise<Found | Refused | undefined> {
  const record = vault.known.get(digest)
  if (!record) return undefined
  const { key, route } = record
  const cached = vault.cache.get(digest)
  if (cached) return { ...cached, key, route }
  const read = await vault.known.read(record)
  if (!read) return new Refused('unknown')
  if (read.kind === 'static') return { key, route, state: undefined, expiresAt: 0 }
  if (read.stateForm === 'raw') return new Refused('unknown')
  const opened = open(read.state, { key, route, digest }, vault)
  if (!opened) return new Refused('seal')
  vault.cache.set(digest, opened)
  return { ...opened, key, route }
}

/**
 * Opens the seal that the browser sent, for the path's own record or its route's; a sibling's seal does not open
 * (e2e/specs/security/bad-input.ts B4). The state is not cached: otherwise any client could fill the cache.
 */
function findCarried(target: string, { digest, sealedState }: RenderIntent, vault: Vault): Found | Refused {
  const path = pathOf(target, vault.rules.basePath)
  const pattern = path === undefined ? undefined : matchRoute(vault.rules.table, path)?.pattern
  const route = pattern === undefined ? undefined : vault.rules.routes.get(pattern)
  if (path === undefined || pattern === undefined || route === undefined) return new Refused('route')
  for (const key of new Set([path, pattern])) {
    const opened = open(sealedState, { key, route, digest }, vault)
    if (opened) return { ...opened, key, route }
  }
  return new Refused('seal')
}

type Named = { readonly key: RecordKey; readonly route: string; readonly digest: Digest }

function open(
  sealed: Uint8Array,
  { key, route, digest }: Named,
  { buildId, keys, rules: { basePath }, limits }: Vault,
): OpenedState | undefined {
  return openSeal(sealed, { basePath, buildId, key, route, digest }, keys, limits.stateBytes)
}
