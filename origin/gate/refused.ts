// A refusal on its way out: data, not an exception. Every stage of handle.ts may return one; respond.ts sends it.

import type { Refusal } from '../../protocol/verdict.ts'

export class Refused {
  readonly reason: Refusal

  constructor(reason: Refusal) {
    this.reason = reason
  }
}

export function isRefused(value: unknown): value is Refused {
  return value instanceof Refused
}

/** The status for a client that knows nothing of verdicts: 409 if requesting another record may help. */
export function statusOf(reason: Refusal): number {
  return STATUS[reason]
}

const STATUS: { readonly [reason in Refusal]: number } = {
  malformed: 400,
  foreign: 403,
  encoding: 415,
  size: 413,
  slow: 408,
  build: 409,
  unknown: 409,
  route: 409,
  absent: 404,
  bypass: 409,
  expired: 409,
  seal: 403,
  busy: 503,
  // Not 5xx: hosts replace such a response with a page of their own, and the worker would not read the reason.
  failed: 409,
}
