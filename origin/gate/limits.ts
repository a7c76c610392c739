// How much of a server one request may take. Each limit is an argument with this default, so that tests can reach it.

import { MOST_SEALED_BYTES } from '../../protocol/record/seal-format.ts'

export type Limits = {
  /** Bytes of a request's body; the build makes no record whose state is larger. */
  readonly bodyBytes: number
  /** Milliseconds until the body must have arrived: a browser sends it in one piece. */
  readonly bodyDeadline: number
  /** Bytes of all bodies that are being read in parallel. Beyond that, the request that needs more is told to retry. */
  readonly allBodiesBytes: number
  /** Bytes of an inflated state; Next's own cap is 100 MB (`maxPostponedStateSize`). */
  readonly stateBytes: number
  /** Bytes of opened states that are kept in memory, so that a resume by reference does not read and open its state again. */
  readonly cachedStateBytes: number
  /** Bytes of pages whose digests are remembered, so that a verdict does not hash them again. */
  readonly hashedPageBytes: number
  /** Bytes of what is remembered of the states that Next has served: their tags, and since when. */
  readonly servedBytes: number
  /** Milliseconds for one render: below the 30 s after which Firefox ends a worker's stream (docs/discoveries/browsers.md). */
  readonly renderDeadline: number
  /** Renders in parallel; the next request is told to retry. */
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
