// served candidates → records. Called by adapter.ts.

import { createHash } from 'node:crypto'

import { type Digest, digestInput, toDigest } from '../protocol/digest.ts'
import type { ResumingRecord, ShellRecord } from '../protocol/record.ts'
import { isDynamic } from '../protocol/route-match.ts'
import { type TagHash, toTagHash } from '../protocol/tags.ts'
import { toUtf8 } from '../protocol/utf8.ts'
import { seal, type SealKey } from '../seal/seal.ts'
import type { Served } from './classify.ts'
import type { Candidate, WithShell } from './collect.ts'

export type Making = {
  readonly buildId: string
  readonly key: SealKey
  /** Milliseconds since the epoch; what a record's lifetime counts from at the origin. */
  readonly madeAt: number
  readonly stateForm: ResumingRecord['stateForm']
}

export function toRecord(
  { candidate, headers, shell }: WithShell<Served>,
  { buildId, key, madeAt, stateForm }: Making,
): ShellRecord {
  const { postponedState, lifetime, resumeHeaders, status, route } = candidate
  const digest = hash(digestInput(shell, toUtf8(postponedState ?? '')))
  const named = { buildId, digest, shellHash: hash(shell), key: candidate.key, route, status, headers, lifetime }
  const base = { ...named, tags: tagsOf(candidate), shell }
  if (postponedState === undefined) return { ...base, kind: 'static' }
  const expiresAt = lifetime.expire === undefined ? 0 : madeAt + lifetime.expire * 1000
  const binding = { buildId, key: candidate.key, route, digest }
  const state = stateForm === 'raw' ? toUtf8(postponedState) : seal(postponedState, binding, expiresAt, key)
  return { ...base, kind: 'resuming', stateForm, state, resumeHeaders }
}

/** Next keeps the names to itself, and so do we. */
function tagsOf({ headers }: Candidate): readonly TagHash[] {
  const tags = headers.filter(([name]) => name === 'x-next-cache-tags').flatMap(([, value]) => value.split(','))
  return tags.map((tag) => toTagHash(createHash('sha256').update(tag).digest()))
}

function hash(bytes: Uint8Array): Digest {
  return toDigest(createHash('sha256').update(bytes).digest())
}

/** Every route shell, and concrete pages of dynamic routes up to the limit: the others open from their route's shell. */
export function withinLimit(pages: readonly Served[], maxConcretePages: number): readonly Served[] {
  const isConcrete = ({ candidate }: Served): boolean => isDynamic(candidate.route) && !isDynamic(candidate.key)
  return [...pages.filter((page) => !isConcrete(page)), ...pages.filter(isConcrete).slice(0, maxConcretePages)]
}
