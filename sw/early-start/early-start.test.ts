// Proves what is kept of a page's static stage after each way in which its response can end. That the stage belongs to its own record is in
// the store's pages.test.ts.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import type { Ending } from '../../protocol/page/messages.ts'
import { toPiece } from '../../protocol/flight/inlined-payload.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { formatBootScript } from '../../protocol/flight/bootstrap-script.ts'
import type { StoredRecord, StoredPage } from '../../protocol/record/stored.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { deleteAllRecords, putRecord, readRecord } from '../store/records.ts'
import { putPage } from '../store/pages.ts'
import { addressOf } from '../util/address.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { type EarlyStart, earlyStart } from './early-start.ts'
import { lockStage, unlockStage } from './stage-lock.ts'
import { BOOTSTRAP, restOf, STATIC_ROWS } from './test-rest.ts'

const URL_OF_PAGE = 'https://shop.test/page'
const ON = workerConfig()
const STAGE = toUtf8(toPiece(STATIC_ROWS))
type Resuming = StoredRecord & ResumingRecord

const bare: Resuming = {
  ...resumingRecord('/page'),
  bootScript: formatBootScript('/start.js', BOOTSTRAP),
  receivedAt: Date.now(),
  asOf: 1000,
}
const PLACE = { digest: bare.digest, url: URL_OF_PAGE }
const LOCKED = await lockStage(STAGE, PLACE)
const known: StoredPage = { digest: bare.digest, kept: LOCKED }

beforeEach(() => deleteAllRecords())

type Stage = StoredPage['kept'] | undefined

async function storedStage(url = URL_OF_PAGE): Promise<Stage> {
  return (await readRecord('build', ['/page'], addressOf(url)))?.page?.kept
}

/** The stored stage, unlocked by the URL of the page. */
async function openStage(): Promise<Stage> {
  const stage = await storedStage()
  return typeof stage === 'object' ? unlockStage(stage, PLACE) : stage
}

/** One visit to the page, and the stage that is kept after it. */
async function visit(
  page: StoredPage | undefined,
  ending: Ending,
  during: (start: EarlyStart | undefined) => void = () => {},
): Promise<Stage> {
  await putRecord(bare)
  await putPage(bare, addressOf(URL_OF_PAGE), page?.kept)
  const start = await earlyStart(bare, page, URL_OF_PAGE, ON)
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
  await visit(undefined, 'complete', hearAll)
  expect(await openStage()).toEqual(STAGE)
})

it('begins with it at the next visit of the same URL, and of no other', async () => {
  for (const url of [URL_OF_PAGE, `${URL_OF_PAGE}#part`])
    expect((await earlyStart(bare, known, url, ON))?.early?.stage).toEqual(STAGE)
  for (const url of [`${URL_OF_PAGE}?q=1`, `${URL_OF_PAGE}/`, 'https://shop.test/%70age'])
    expect((await earlyStart(bare, known, url, ON))?.early).toBeUndefined()
})

it.each<Ending>(['abandoned', 'recovery', 'stranded', 'offline', 'outdated'])(
  'learns nothing if it is %s',
  async (ending) => {
    expect(await visit(undefined, ending, hearAll)).toBeUndefined()
  },
)

it('learns nothing from a rest that is too long', async () => {
  const heard = (start: EarlyStart | undefined): void => {
    hearAll(start)
    start?.hear?.(new Uint8Array(1024 * 1024))
  }
  expect(await visit(undefined, 'complete', heard)).toBeUndefined()
})

it('keeps what it knows of one URL if another one shows nothing', async () => {
  const other = { ...known, kept: await lockStage(STAGE, { ...PLACE, url: `${URL_OF_PAGE}?q=1` }) }
  expect(await visit(other, 'complete')).toEqual(other.kept)
  expect(await visit(other, 'abandoned', hearAll)).toEqual(other.kept)
  await visit(other, 'complete', hearAll)
  expect(await openStage()).toEqual(STAGE)
})

it.each<[Ending, boolean, Stage]>([
  ['complete', true, LOCKED],
  ['abandoned', true, LOCKED],
  ['recovery', true, LOCKED],
  // Nothing has arrived in which the stage could have been found.
  ['offline', false, LOCKED],
  ['stranded', false, LOCKED],
  // Some script may have altered the stage and stopped the page.
  ['abandoned', false, undefined],
  ['recovery', false, undefined],
  ['unfit', false, 'unfit'],
])('after a page that began early was %s (found again: %s) keeps %j', async (ending, fits, kept) => {
  expect(await visit(known, ending, (start) => fits && start?.whenFits())).toEqual(kept)
})

it('never begins again with a stage that did not fit', async () => {
  expect(await earlyStart(bare, { ...known, kept: 'unfit' }, URL_OF_PAGE, ON)).toBeUndefined()
})

it('is not there if it is off, or if the page is started by its rest alone', async () => {
  expect(await earlyStart(bare, known, URL_OF_PAGE, workerConfig({ earlyStart: false }))).toBeUndefined()
  expect(await earlyStart({ ...bare, bootScript: undefined }, known, URL_OF_PAGE, ON)).toBeUndefined()
})
