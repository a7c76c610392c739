// Turns served candidates into records.

import type { ResumingRecord, WholeRecord } from '../../protocol/record/record.ts'
import { isDynamic } from '../../protocol/build/route-match.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { digestOf, hashOf, tagHashOf } from '../../seal/hash.ts'
import { seal, type SealKey } from '../../seal/seal.ts'
import type { Served } from './classify.ts'
import type { Candidate, WithShell } from './collect.ts'
import type { BootScripts } from './offline/bootstrap-script.ts'
import { isWithoutShell } from './without-shell.ts'

export type Making = {
  readonly bootScripts: BootScripts
  readonly buildId: string
  readonly basePath: string
  readonly key: SealKey
  /** Milliseconds since the epoch. At the origin a record's lifetime starts here. */
  readonly madeAt: number
  readonly stateForm: ResumingRecord['stateForm']
}

export function toRecord(page: WithShell<Served>, making: Making): WholeRecord {
  const { buildId, basePath, key, madeAt, stateForm, bootScripts } = making
  const { candidate, headers, shell, segments } = page
  const { postponedState, lifetime, resumeHeaders, status, route } = candidate
  const digest = digestOf(shell, postponedState)
  const named = { buildId, digest, shellHash: hashOf(shell), key: candidate.key, route, status, headers, lifetime }
  const made = lifetime.expire !== undefined && { madeAt }
  const base = { ...named, ...made, tags: tagsOf(candidate).map(tagHashOf), shell }
  if (postponedState === undefined) return { record: { ...base, kind: 'static' }, segments }
  const expiresAt = lifetime.expire === undefined ? 0 : madeAt + lifetime.expire * 1000
  const binding = { basePath, buildId, key: candidate.key, route, digest }
  const state = stateForm === 'raw' ? toUtf8(postponedState) : seal(postponedState, binding, expiresAt, key)
  const bootScript = bootScripts(page, segments)
  return { record: { ...base, kind: 'resuming', stateForm, state, resumeHeaders, bootScript }, segments }
}

/** A page with holes that may open without a network but does not become interactive then. */
export function isUnstartable({ record, segments }: WholeRecord): boolean {
  return record.kind === 'resuming' && record.bootScript === undefined && segments.size > 0
}

/** The tags by which Next revalidates a page. Next never sends their names to browsers. */
export function tagsOf({ headers }: Pick<Candidate, 'headers'>): readonly string[] {
  return headers.filter(([name]) => name === 'x-next-cache-tags').flatMap(([, value]) => value.split(','))
}

/**
 * Every route shell, and concrete pages of dynamic routes up to the limit: the others open from their route's shell. A route without a shell
 * has one page at least, on which the origin models the records of the others (origin/answer/serve-record.ts).
 */
export function withinLimit(pages: readonly Served[], maxConcretePages: number): readonly Served[] {
  const isConcrete = ({ candidate }: Served): boolean => isDynamic(candidate.route) && !isDynamic(candidate.key)
  const concrete = pages.filter(isConcrete)
  const within = concrete.slice(0, maxConcretePages)
  const models = new Set(
    pages.filter(({ candidate }) => isWithoutShell(candidate)).map(({ candidate }) => candidate.route),
  )
  for (const { candidate } of within) models.delete(candidate.route)
  const added = concrete.filter(({ candidate }) => models.delete(candidate.route))
  return [...pages.filter((page) => !isConcrete(page)), ...within, ...added]
}
