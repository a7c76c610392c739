// Keeps copies: what followed a shell during a visit, so that the page opens whole without a network, as the visitor left it. Only for
// routes that the app names. A copy is personal: what this visitor saw at this URL.
//
//   must be of the record that is stored, and locked by its URL as a static stage is (../early-start/stage-lock.ts);
//   must be complete, and never the copy of a copy: only a rest that the network sent to its end is kept;
//   must not be shown once this browser has heard of any change on the server: the worker cannot tell what a hole was made from;
//   must not be shown to another visitor, as far as a worker can tell (visitor.ts);
//   must be the only thing that is lost if there is no room for it.

import { joined } from '../../protocol/bytes.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import { COPY_ATTRIBUTE, SHELL_ATTRIBUTE } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { lockStage, unlockStage } from '../early-start/stage-lock.ts'
import { keepWithin } from '../store/budget.ts'
import { currentSequence, markInvalidated, readMarks } from '../store/marks.ts'
import { putPage } from '../store/pages.ts'
import { reading } from '../store/transaction.ts'
import type { Copies, PageCopy } from '../navigation/context.ts'
import { addressOf, withoutFragment } from '../util/address.ts'
import { type FoundCopy, meanwhile } from './stale-holes.ts'
import { mayChangeVisitor } from './visitor.ts'

type Scope = Pick<ServiceWorkerGlobalScope, 'addEventListener'>

/** How long a copy is kept. */
export const COPY_MS: number = 24 * 60 * 60_000
/** A longer rest is not kept. */
const MOST_BYTES = 1024 * 1024

/** Undefined if the app names no route. Must be called while the worker's script is first evaluated. */
export function keepCopies(scope: Scope, config: WorkerConfig): Copies | undefined {
  const { offlineCopies } = config
  if (offlineCopies.length === 0) return undefined
  scope.addEventListener('fetch', (event) => {
    // A mark without tags: it invalidates no record, but makes every copy older than what this browser knows.
    if (mayChangeVisitor(event.request)) event.waitUntil(markInvalidated([]).catch(() => {}))
  })
  let swept: Promise<void> | undefined
  return (record, { url }) => {
    // Deletes whatever has expired, also for pages that are never visited again.
    swept ??= keepWithin(config).catch(() => {})
    const isKept = record.kind === 'resuming' && offlineCopies.includes(record.route)
    // The script that starts a shell also says that the page is a copy.
    return isKept && record.bootScript !== undefined ? copyOf(record, record.bootScript, url, config) : undefined
  }
}

function copyOf(record: StoredRecord, bootScript: string, url: string, config: WorkerConfig): PageCopy {
  const { buildId, key, digest } = record
  const name = `copy ${withoutFragment(url)}`
  const address = addressOf(name)
  const place = { digest, url: name }
  const forget = (): Promise<void> => putPage(record, address, undefined).catch(() => {})

  const find = async (): Promise<FoundCopy | undefined> => {
    try {
      const [marks, row] = await reading((tables) =>
        Promise.all([readMarks(tables), tables.pages.get([buildId, key, address])]),
      )
      if (!(row?.kept instanceof Uint8Array) || row.digest !== digest) return undefined
      const copy = readCopy(await unlockStage(row.kept, place))
      const age = copy ? Date.now() - copy.keptAt : -1
      if (!copy || age < 0 || age >= COPY_MS || marks.sequence !== copy.asOf) {
        await forget()
        return undefined
      }
      return { rest: copy.rest, seconds: Math.round(age / 1000) }
    } catch {
      return undefined
    }
  }

  const read = async (): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const copy = await find()
    const tag = `<script${bootScript} ${SHELL_ATTRIBUTE}="${digest}" ${COPY_ATTRIBUTE}="${copy?.seconds}"></script>`
    return copy && joined([toUtf8(tag), copy.rest])
  }

  return {
    read,
    async rest() {
      const bytes = await read()
      return bytes ? { kind: 'copied', body: new Blob([bytes]).stream().getReader() } : { kind: 'unreachable' }
    },
    keep(start) {
      const asked = currentSequence().catch(() => undefined)
      const heard: Uint8Array[] = []
      let length = 0
      return {
        early: start?.early,
        ...(config.staleUrl === '' ? {} : { meanwhile: meanwhile(find, config.staleUrl) }),
        whenFits: () => start?.whenFits(),
        hear(chunk) {
          start?.hear?.(chunk)
          length += chunk.length
          // A copy, because an engine may take over the buffer of a chunk that is sent.
          if (length <= MOST_BYTES) heard.push(chunk.slice())
        },
        async settle(ending) {
          await start?.settle(ending)
          const asOf = await asked
          if (ending !== 'complete' || length > MOST_BYTES || asOf === undefined) return
          try {
            const keptAt = Date.now()
            const locked = await lockStage(writeCopy({ keptAt, asOf, rest: joined(heard) }), place)
            await putPage(record, address, locked, keptAt + COPY_MS)
            await keepWithin(config)
          } catch {
            // There is no room for it, or no database.
          }
        },
      }
    },
  }
}

type Copy = { readonly keptAt: number; readonly asOf: number; readonly rest: Uint8Array<ArrayBuffer> }

const HEAD_BYTES = 16

function writeCopy({ keptAt, asOf, rest }: Copy): Uint8Array<ArrayBuffer> {
  return joined([new Uint8Array(Float64Array.of(keptAt, asOf).buffer), rest])
}

function readCopy(bytes: Uint8Array<ArrayBuffer> | undefined): Copy | undefined {
  if (!bytes) return undefined
  const [keptAt = 0, asOf = 0] = new Float64Array(bytes.slice(0, HEAD_BYTES).buffer)
  return { keptAt, asOf, rest: bytes.subarray(HEAD_BYTES) }
}
