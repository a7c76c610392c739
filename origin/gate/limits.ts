// How much of a server one request may take. Each is an argument with this default, so that tests can reach it.

import { MOST_SEALED_BYTES } from '../../protocol/record/seal-format.ts'

export type Limits = {
  /** Bytes of a request's body; the build makes no record whose state is larger. */
  readonly bodyBytes: number
  /** Milliseconds until the body must have come: a browser sends it in one piece. */
  readonly bodyDeadline: number
  /** Bytes of all bodies that are being read at once; beyond it the one that asks for more is told to come back. */
  readonly allBodiesBytes: number
  /** Bytes of an inflated state; Next's own cap is 100 MB (`maxPostponedStateSize`). */
  readonly stateBytes: number
  /** Bytes of opened states kept in memory, so that a resume by reference neither reads nor opens again. */
  readonly cachedStateBytes: number
  /** Bytes of pages whose digests are remembered, so that a verdict hashes nothing that was hashed before. */
  readonly hashedPageBytes: number
  /** Bytes of what is remembered of states that Next has served: which tags, and what Next knew of those. */
  readonly servedBytes: number
  /** Milliseconds for one render: below the 30 s after which Firefox ends a worker's stream (docs/discoveries/browsers.md). */
  readonly renderDeadline: number
  /** Renders under way at once; the next one is told to come back. */
  readonly renders: number
}

export const LIMITS: Limits = {
  bodyBytes: MOST_SEALED_BYTES,
  bodyDeadline: 10_000,
  allBodiesBytes: 32 * 1024 * 1024,
  stateBytes: 64 * 1024 * 1024,
  cachedStateBytes: 32 * 1024 * 1024,
  hashedPageBytes: 32 * 1024 * 1024,
  servedBytes: 8 * 1024 * 1024,
  renderDeadline: 25_000,
  renders: 128,
}
