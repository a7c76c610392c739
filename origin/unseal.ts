// The state to render from: of a record that this origin knows, or out of a seal that opens for this very build, route and
// shell. There is no other way to a state, and without one nothing is rendered. Called by handle.ts.

import type { Digest } from '../protocol/digest.ts'
import type { OriginRecord } from '../protocol/origin-manifest.ts'
import type { RecordKey } from '../protocol/record.ts'
import type { KnownRecords } from './known-records.ts'
import type { Limits } from './limits.ts'
import { type OpenedState, openSeal, type SealKey } from './open-seal.ts'
import { isRefused, Refused } from './refused.ts'
import type { Resolved } from './route.ts'
import type { StateCache } from './state-cache.ts'

export type Vault = {
  readonly buildId: string
  readonly key: SealKey
  readonly known: KnownRecords
  readonly cache: StateCache
  readonly limits: Limits
}

/** A resolved request and the state of its record. Only {@link Opened.open} makes one. */
export class Opened {
  declare protected readonly stage: 'opened'
  readonly resolved: Resolved
  readonly digest: Digest
  /** What the record's key has here now: another digest where the state came from a server that built for itself. */
  readonly current: Digest
  /** Next's own string, untouched. */
  readonly postponedState: string

  private constructor(resolved: Resolved, current: Digest, postponedState: string) {
    this.resolved = resolved
    this.digest = resolved.allowed.admitted.digest
    this.current = current
    this.postponedState = postponedState
  }

  /** @param now - Milliseconds since the epoch. */
  static async open(resolved: Resolved, vault: Vault, now: number): Promise<Opened | Refused> {
    const { digest, sealedState } = resolved.allowed.admitted
    const record = vault.known.get(digest)
    const opened = record ? await openKnown(record, resolved, vault) : openCarried(sealedState, resolved, vault)
    if (isRefused(opened)) return opened
    const { state, expiresAt, key } = opened
    if (expiresAt !== 0 && now >= expiresAt) return new Refused('expired')
    return new Opened(resolved, vault.known.currentDigest(key) ?? digest, state)
  }
}

type OpenedRecord = OpenedState & { readonly key: RecordKey }

/** The records that may answer a path: its own, or its route's. A sibling's never (reference/reliability.md B4). */
function keysOf({ path, entrypoint }: Resolved): readonly string[] {
  return [path, entrypoint.pattern]
}

async function openKnown(record: OriginRecord, resolved: Resolved, vault: Vault): Promise<OpenedRecord | Refused> {
  const { key, route, digest } = record
  if (!keysOf(resolved).includes(key) || route !== resolved.entrypoint.route) return new Refused('route')
  const cached = vault.cache.get(digest)
  if (cached) return { ...cached, key }
  const sealed = await vault.known.readSealedState(record)
  if (!sealed) return new Refused('unknown')
  const opened = openSeal(sealed, { buildId: vault.buildId, key, route, digest }, vault.key, vault.limits.stateBytes)
  if (!opened) return new Refused('seal')
  vault.cache.set(digest, opened)
  return { ...opened, key }
}

/** Nothing is kept of what a browser carried: it would let anybody fill the cache. */
function openCarried(sealed: Uint8Array, resolved: Resolved, vault: Vault): OpenedRecord | Refused {
  if (sealed.length === 0) return new Refused('unknown')
  const { route } = resolved.entrypoint
  const { digest } = resolved.allowed.admitted
  for (const key of keysOf(resolved)) {
    const opened = openSeal(sealed, { buildId: vault.buildId, key, route, digest }, vault.key, vault.limits.stateBytes)
    if (opened) return { ...opened, key }
  }
  return new Refused('seal')
}
