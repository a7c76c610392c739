// Proves what is kept of a page's static stage after each way in which its response can end, and that it is its own record's.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import type { Ending } from '../../protocol/page/messages.ts'
import { toPiece } from '../../protocol/flight/inlined-payload.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { formatStarter } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { deleteAllRecords, putRecord, readRecord, readUses, renewRecord } from '../store/records.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { type EarlyStart, earlyStart } from './early-start.ts'
import { lockStage, unlockStage } from './stage-lock.ts'
import { BOOTSTRAP, restOf, STATIC_ROWS } from './test-rest.ts'

const URL_OF_PAGE = 'https://shop.test/page'
const ON = { earlyStart: true }
const STAGE = toUtf8(toPiece(STATIC_ROWS))
type Resuming = StoredRecord & ResumingRecord

const bare: Resuming = {
  ...resumingRecord('/page'),
  starter: formatStarter('/start.js', BOOTSTRAP),
  receivedAt: Date.now(),
  asOf: 1000,
}
const PLACE = { digest: bare.digest, url: URL_OF_PAGE }
const LOCKED = await lockStage(STAGE, PLACE)
const known: Resuming = { ...bare, stage: LOCKED }

beforeEach(() => deleteAllRecords())

async function storedStage(): Promise<StoredRecord['stage']> {
  return (await readRecord('build', ['/page']))?.record.stage
}

/** What is stored, opened by the URL of the page. */
async function openStage(): Promise<StoredRecord['stage']> {
  const stage = await storedStage()
  return typeof stage === 'object' ? unlockStage(stage, PLACE) : stage
}

/** One visit of the page, and what is kept of it. */
async function visit(record: Resuming, ending: Ending, during: (start: EarlyStart | undefined) => void = () => {}) {
  await putRecord(record)
  const start = await earlyStart(record, URL_OF_PAGE, ON)
  during(start)
  await start?.settle(ending)
  return storedStage()
}

const hearAll = (start: EarlyStart | undefined): void => {
  const rest = toUtf8(restOf())
  start?.hear?.(rest.subarray(0, 100))
  start?.hear?.(rest.subarray(100))
}

it('learns the stage of a page from a rest that is complete', async () => {
  await visit(bare, 'complete', hearAll)
  expect(await openStage()).toEqual(STAGE)
})

it('begins with it at the next visit of the same URL, and of no other', async () => {
  for (const url of [URL_OF_PAGE, `${URL_OF_PAGE}#part`])
    expect((await earlyStart(known, url, ON))?.early?.stage).toEqual(STAGE)
  for (const url of [`${URL_OF_PAGE}?q=1`, `${URL_OF_PAGE}/`, 'https://shop.test/%70age'])
    expect((await earlyStart(known, url, ON))?.early).toBeUndefined()
})

it.each<Ending>(['abandoned', 'recovery', 'stranded', 'offline', 'outdated'])(
  'learns nothing where it is %s',
  async (ending) => {
    expect(await visit(bare, ending, hearAll)).toBeUndefined()
  },
)

it('learns nothing from a rest that is too long', async () => {
  const heard = (start: EarlyStart | undefined): void => {
    hearAll(start)
    start?.hear?.(new Uint8Array(1024 * 1024))
  }
  expect(await visit(bare, 'complete', heard)).toBeUndefined()
})

it('keeps what it knows of one URL where another one shows nothing', async () => {
  const other = { ...known, stage: await lockStage(STAGE, { ...PLACE, url: `${URL_OF_PAGE}?q=1` }) }
  expect(await visit(other, 'complete')).toEqual(other.stage)
  expect(await visit(other, 'abandoned', hearAll)).toEqual(other.stage)
  await visit(other, 'complete', hearAll)
  expect(await openStage()).toEqual(STAGE)
})

it.each<[Ending, boolean, StoredRecord['stage']]>([
  ['complete', true, LOCKED],
  ['abandoned', true, LOCKED],
  ['recovery', true, LOCKED],
  // Nothing has come that it could have been found in.
  ['offline', false, LOCKED],
  ['stranded', false, LOCKED],
  // Some script may have altered it, and have stopped the page.
  ['abandoned', false, undefined],
  ['recovery', false, undefined],
  ['unfit', false, 'unfit'],
])('after a page that began early was %s (found again: %s) keeps %j', async (ending, fits, kept) => {
  expect(await visit(known, ending, (start) => fits && start?.whenFits())).toEqual(kept)
})

it('never begins again with a stage that did not fit', async () => {
  expect(await earlyStart({ ...bare, stage: 'unfit' }, URL_OF_PAGE, ON)).toBeUndefined()
})

it('is not there where it is off, or where the page is started by its rest alone', async () => {
  expect(await earlyStart(known, URL_OF_PAGE, { earlyStart: false })).toBeUndefined()
  expect(await earlyStart({ ...known, starter: undefined }, URL_OF_PAGE, ON)).toBeUndefined()
})

it('leaves another record that has come meanwhile as it is', async () => {
  const start = await earlyStart(bare, URL_OF_PAGE, ON)
  hearAll(start)
  await putRecord({ ...bare, digest: resumingRecord('/page', 'build', 'other').digest })
  await start?.settle('complete')
  expect(await storedStage()).toBeUndefined()
})

it('stays with a record that the origin has still', async () => {
  await putRecord(known)
  await renewRecord({ ...bare, asOf: 2000 })
  expect((await readRecord('build', ['/page']))?.record).toEqual({ ...known, asOf: 2000 })
})

it('counts as a part of what is stored', async () => {
  const bytesOf = async (): Promise<number> => (await readUses()).reduce((sum, { bytes }) => sum + bytes, 0)
  await putRecord(bare)
  const before = await bytesOf()
  await visit(bare, 'complete', hearAll)
  expect(await bytesOf()).toBe(before + LOCKED.length)
  await visit(known, 'unfit')
  expect(await bytesOf()).toBe(before)
})
