// Decides whether, and with what, a page starts before its rest arrives; and learns the stage for the next visit from its rest.
//
//   must keep a stage as one value with its record: another record in its place has another stage (sw/store/pages.ts);
//   must forget a stage unless it was found again in the rest: what some script has altered in the store is shown at most once.

import { joined } from '../../protocol/bytes.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import { bootstrapScript } from '../../protocol/flight/inlined-payload.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { bootstrapOf } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord, StoredPage } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { keepWithin } from '../store/budget.ts'
import { putPage } from '../store/pages.ts'
import { addressOf, withoutFragment } from '../util/address.ts'
import type { Early } from './cut-stage.ts'
import { stageIn } from './learn-stage.ts'
import { lockStage, unlockStage } from './stage-lock.ts'

export type EarlyStart = {
  /** Undefined if nothing is known of the page yet. */
  readonly early: Early | undefined
  /** Called when `early` has been found in the rest. */
  readonly whenFits: () => void
  /** The bytes that the page gets while it waits for its rest (sw/copies/stale-holes.ts). Never rejects. */
  readonly meanwhile?: (rest: Promise<unknown>) => Promise<Uint8Array | undefined>
  /** Called with each chunk of the rest that the page gets. */
  readonly hear: ((chunk: Uint8Array) => void) | undefined
  /** Called when the response has ended. Never rejects. */
  readonly settle: (ending: Ending) => Promise<void>
}

/** Undefined if only its rest may start this record's page. Never rejects. */
export async function earlyStart(
  record: StoredRecord & ResumingRecord,
  page: StoredPage | undefined,
  url: string,
  config: Pick<WorkerConfig, 'earlyStart' | 'runTag' | 'budget' | 'buildId' | 'offline'>,
): Promise<EarlyStart | undefined> {
  const { bootScript, digest } = record
  const stage = page?.kept
  if (!config.earlyStart || bootScript === undefined || stage === 'unfit') return undefined
  const place = { digest, url: withoutFragment(url) }
  const bytes = stage && (await unlockStage(stage, place))
  const start = bytes ? begin(bootScript, bytes, config.runTag) : learn(bootScript)
  return {
    ...start,
    async settle(ending) {
      const next = start.next(ending)
      if (next === 'as it was') return
      try {
        await putPage(record, addressOf(url), typeof next === 'object' ? await lockStage(next, place) : next)
        await keepWithin(config)
      } catch {
        // The next visit learns the stage again, or finds out again that it does not fit.
      }
    },
  }
}

/** What is kept of the page: the same as before; a stage that was learned; `unfit`, permanently; or nothing. */
type Next = 'as it was' | Uint8Array<ArrayBuffer> | 'unfit' | undefined

type Start = Omit<EarlyStart, 'settle'> & { readonly next: (ending: Ending) => Next }

function begin(bootScript: string, stage: Uint8Array<ArrayBuffer>, runTag: string): Start {
  let fits = false
  return {
    early: { bootstrap: bootstrapScript(bootstrapOf(bootScript)), stage, runTag },
    whenFits: () => {
      fits = true
    },
    hear: undefined,
    next(ending) {
      if (ending === 'unfit') return 'unfit'
      // Nothing has arrived in which the stage could have been found.
      const isUnknown = ending === 'offline' || ending === 'stranded'
      return fits || isUnknown ? 'as it was' : undefined
    },
  }
}

/** A longer rest is not examined. */
const MOST_BYTES = 1024 * 1024

function learn(bootScript: string): Start {
  const heard: Uint8Array[] = []
  let length = 0
  return {
    early: undefined,
    whenFits: () => {},
    hear(chunk) {
      length += chunk.length
      // A copy, because an engine may take over the buffer of a chunk that is sent.
      if (length <= MOST_BYTES) heard.push(chunk.slice())
    },
    next(ending) {
      if (ending !== 'complete' || length > MOST_BYTES) return 'as it was'
      return stageIn(joined(heard), bootstrapOf(bootScript)) ?? 'as it was'
    },
  }
}
