// The notes about a navigation while the worker handles it, and the visit that is made from them. Pure.

import type { Reply, Simulation, Visit, VisitTimes } from '../../protocol/page/inspection.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import type { Navigation } from '../navigation/eligible.ts'
import type { FoundRecord } from '../navigation/find-record.ts'

/** Times are of `performance.now()`. */
export type Notes = {
  /** When this worker was started for it. Undefined if it was already running. */
  readonly startedAt: number | undefined
  readonly receivedAt: number
  found?: { readonly navigation: Navigation; readonly record: FoundRecord; readonly at: number }
  reply?: { readonly kind: Reply; readonly refusal: Refusal | undefined; readonly at: number }
  isPreloaded: boolean
  hadStaleHoles: boolean
}

/** The outcome of the response, and when its bytes passed. */
export type Answered = {
  readonly outcome: Visit['outcome']
  readonly firstByteAt: number
  readonly firstHoleAt: number | undefined
  readonly lastHoleAt: number | undefined
  readonly endedAt: number
  readonly ending: Ending | undefined
}

/** @param timeOrigin - The origin of the clock of all times. */
export function toVisit(
  url: URL,
  notes: Notes,
  answered: Answered,
  { timeOrigin, simulation }: { readonly timeOrigin: number; readonly simulation: Simulation },
): Visit {
  const start = notes.startedAt ?? notes.receivedAt
  const { found, reply } = notes
  return {
    at: Math.round(timeOrigin + start),
    path: url.pathname + url.search,
    outcome: answered.outcome,
    mode: found?.navigation.mode,
    isRepeat: found?.navigation.isRepeat ?? false,
    lookup: found?.record.kind,
    digest: found?.record.record?.digest,
    reply: reply?.kind,
    refusal: reply?.refusal,
    isPreloaded: notes.isPreloaded,
    hadStaleHoles: notes.hadStaleHoles,
    ending: answered.ending,
    simulation,
    times: toTimes(start, notes, answered),
  }
}

function toTimes(start: number, { startedAt, receivedAt, found, reply }: Notes, answered: Answered): VisitTimes {
  const since = (at: number): number => Math.max(0, at - start)
  const sinceIf = (at: number | undefined): number | undefined => (at === undefined ? undefined : since(at))
  return {
    boot: startedAt === undefined ? undefined : since(receivedAt),
    received: since(receivedAt),
    store: sinceIf(found?.at),
    firstByte: since(answered.firstByteAt),
    reply: sinceIf(reply?.at),
    firstHole: sinceIf(answered.firstHoleAt),
    lastHole: sinceIf(answered.lastHoleAt),
    end: since(answered.endedAt),
  }
}

/** Whether the visitor saw a stored record. */
export function isFromRecord({ outcome }: Pick<Visit, 'outcome'>): boolean {
  return outcome !== 'network' && outcome !== 'offline-page' && outcome !== 'failed'
}
