// Whether a page begins before its rest is there, with what; and what is learned from its rest for the next visit.
//
//   must be one value with its record: another record in its place has another stage (sw/store/stages.ts);
//   must be forgotten unless it was found again in the rest: what some script has altered in the store is shown once at the most.

import { joined } from '../../protocol/bytes.ts'
import type { Ending } from '../../protocol/page/messages.ts'
import { bootstrapScript } from '../../protocol/flight/inlined-payload.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { bootstrapOf } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord, StoredStage } from '../../protocol/record/stored.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { putStage } from '../store/stages.ts'
import type { Early } from './cut-stage.ts'
import { stageIn } from './learn-stage.ts'

export type EarlyStart = {
  /** Undefined where nothing is known of the page yet. */
  readonly early: Early | undefined
  /** Called when `early` has been found in the rest. */
  readonly whenFits: () => void
  /** Called with each piece of the rest that the page gets. */
  readonly hear: ((chunk: Uint8Array) => void) | undefined
  /** Called when the response has ended. Never rejects. */
  readonly settle: (ending: Ending) => Promise<void>
}

/** Undefined where the page of this record is started by its rest alone. */
export function earlyStart(
  record: StoredRecord & ResumingRecord,
  url: string,
  { earlyStart: isOn }: Pick<WorkerConfig, 'earlyStart'>,
): EarlyStart | undefined {
  const { starter, stage } = record
  if (!isOn || starter === undefined || stage === 'unfit') return undefined
  const start = stage?.url === url ? begin(starter, stage) : learn(starter, url, stage)
  return {
    ...start,
    settle: async (ending) => {
      const next = start.next(ending)
      if (next !== stage) await putStage(record, next).catch(() => {})
    },
  }
}

type Start = Omit<EarlyStart, 'settle'> & { readonly next: (ending: Ending) => StoredRecord['stage'] }

function begin(starter: string, stage: StoredStage): Start {
  let fits = false
  return {
    early: { bootstrap: bootstrapScript(bootstrapOf(starter)), stage: stage.bytes },
    whenFits: () => {
      fits = true
    },
    hear: undefined,
    next(ending) {
      if (ending === 'unfit') return 'unfit'
      // Nothing has come that it could have been found in.
      const isUnknown = ending === 'offline' || ending === 'stranded'
      return fits || isUnknown ? stage : undefined
    },
  }
}

/** A rest that is longer is not looked at. */
const MOST_BYTES = 1024 * 1024

function learn(starter: string, url: string, former: StoredStage | undefined): Start {
  const heard: Uint8Array[] = []
  let length = 0
  return {
    early: undefined,
    whenFits: () => {},
    hear(chunk) {
      length += chunk.length
      // A copy: an engine may take what is sent.
      if (length <= MOST_BYTES) heard.push(chunk.slice())
    },
    next(ending) {
      if (ending !== 'complete' || length > MOST_BYTES) return former
      const bytes = stageIn(joined(heard), bootstrapOf(starter))
      return bytes ? { url, bytes } : former
    },
  }
}
