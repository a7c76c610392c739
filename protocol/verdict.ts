// The origin's answer to a resume, or to a request for a record, as one header. A refusal is data, never an exception: the worker reads
// the reason and takes the next rung of its ladder.

import { asDigest, type Digest } from './digest.ts'

/** Why the origin did not resume. For all but `busy`, asking again for the same record will not help. */
export const REFUSALS = [
  'malformed', // not a resume in the form of wire.ts
  'foreign', // not from a page of this origin
  'encoding', // a compressed body
  'size', // a body over the limit, or a record whose state is over it
  'slow', // a body that did not arrive in time
  'build', // another build than this origin runs
  'unknown', // a digest that this origin does not know; asking again with the sealed state may help
  'route', // Next leads the URL elsewhere: another page, a redirect, a proxy's own response
  'absent', // Next has no such page
  'bypass', // draft mode, a bot, or another request that Next does not serve from shells
  'expired', // past the record's own expiry
  'seal', // the sealed state does not open for this build, route and shell
  'busy', // too many renders in parallel
  'failed', // Next did not render the holes
] as const

export type Refusal = (typeof REFUSALS)[number]

/**
 * `current` is the digest that the path has at the origin now; it differs from `digest` if a newer record exists. A `stale` record is
 * about to be replaced. If browser and origin have the same digest, `shellHash` is what the browser's bytes must have: any script can write
 * to its store. A `recorded` response holds the frame of a record, or nothing if the browser has that record.
 */
export type Verdict =
  | ({ readonly kind: 'resumed'; readonly digest: Digest; readonly current: Digest } & Said)
  | ({ readonly kind: 'recorded'; readonly digest: Digest } & Said)
  | { readonly kind: 'refused'; readonly reason: Refusal }

type Said = { readonly isStale: boolean; readonly shellHash?: Digest | undefined }

export function formatVerdict(verdict: Verdict): string {
  if (verdict.kind === 'refused') return `refused; reason=${verdict.reason}`
  const current = verdict.kind === 'resumed' ? `; current=${verdict.current}` : ''
  const hash = verdict.shellHash === undefined ? '' : `; sha256=${verdict.shellHash}`
  return `${verdict.kind}; shell=${verdict.digest}${current}${hash}${verdict.isStale ? '; stale' : ''}`
}

const FOUND = /^(resumed|recorded); shell=([^;\s]+)(?:; current=([^;\s]+))?(?:; sha256=([^;\s]+))?(; stale)?$/

/** The verdict in a header's value; undefined if there is none: then the response is not an answer to a resume. */
export function parseVerdict(value: string | null): Verdict | undefined {
  const [, kind, shell, now, hash, stale] = FOUND.exec(value ?? '') ?? []
  const [digest, current] = [asDigest(shell), asDigest(now)]
  const said: Said = { isStale: stale !== undefined, ...(hash === undefined ? {} : { shellHash: asDigest(hash) }) }
  if (digest && kind === 'recorded') return { kind, digest, ...said }
  if (digest && kind === 'resumed') return current && { kind, digest, current, ...said }
  const refused = /^refused; reason=([a-z]+)$/.exec(value ?? '')
  const reason = REFUSALS.find((known) => known === refused?.[1])
  return reason && { kind: 'refused', reason }
}
