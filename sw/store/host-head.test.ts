// Proves what is learned of the security headers of the network's page, and which records are not shown until then.

import 'fake-indexeddb/auto'

import { beforeEach, expect, it } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { learnHead, noteHost } from './host-head.ts'
import { deleteAllRecords, putRecord, readRecord, renewRecord } from './records.ts'
import { whenWritten } from './transaction.ts'

const stored = (key: string): StoredRecord => ({
  ...resumingRecord(key),
  headers: [
    ['x-page', 'own'],
    ['x-frame-options', 'SAMEORIGIN'],
    ['content-security-policy', "default-src 'self'"],
  ],
  receivedAt: 1,
  asOf: 1000,
})
const [seen, other] = [stored('/'), stored('/other')]
const OWN = { 'content-security-policy': "default-src 'self'", 'x-frame-options': 'SAMEORIGIN' }
const answer = (headers: Record<string, string>, status = 200): Response => new Response(null, { status, headers })

beforeEach(async () => {
  await deleteAllRecords()
  for (const record of [seen, other]) await putRecord(record)
})

/** What `next.config` gives the worker's own script. */
const own = { scriptHeaders: Object.entries(OWN) }

async function isShown(key: string): Promise<boolean> {
  return (await readRecord('build', [key]))?.isUnseen === false
}
const headersOf = async (key: string) => (await readRecord('build', [key]))?.record.headers

it.each<[string, Response | undefined, boolean]>([
  ['has what next.config gives it', answer({ ...OWN, 'x-request-id': '1' }), true],
  ['has less than that, in the place that another server keeps it', answer({}), true],
  ['has a security header more', answer({ ...OWN, 'permissions-policy': 'camera=()' }), false],
  ['has another than that', answer({ 'x-frame-options': 'DENY' }), false],
  ['could not be had', answer({}, 401), false],
  ['did not answer', undefined, false],
])('before a page was seen, goes by the worker’s script, which %s', async (_name, script, shows) => {
  await noteHost(script, own)
  expect([await isShown('/'), await isShown('/other')]).toEqual([shows, shows])
})

it('keeps what it knew if the script is not to be had again', async () => {
  await noteHost(answer(OWN), own)
  await noteHost(undefined, own)
  expect(await isShown('/')).toBe(true)
})

it('writes nothing for a page as the build has it, unless it was waited for', async () => {
  await noteHost(answer(OWN), own)
  let writes = 0
  whenWritten(async () => void writes++)
  await learnHead(seen, answer({ ...OWN, 'x-request-id': '1' }))
  expect(writes).toBe(0)
  await noteHost(undefined, { scriptHeaders: [] })
  await noteHost(answer({ 'x-frame-options': 'DENY' }), { scriptHeaders: [] })
  await learnHead(seen, answer({ ...OWN, 'x-request-id': '1' }))
  expect([await isShown('/'), await isShown('/other')]).toEqual([true, false])
  expect(await headersOf('/')).toEqual(expect.arrayContaining([...seen.headers]))
})

it('takes what the host adds and changes, and waits with every page until it was seen', async () => {
  const policies = { 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=()' }
  await learnHead(seen, answer({ ...OWN, ...policies, 'x-frame-options': 'DENY', 'x-request-id': '1' }))
  expect([await isShown('/'), await isShown('/other')]).toEqual([true, false])
  expect(await headersOf('/')).toEqual([
    ['x-page', 'own'],
    ['content-security-policy', "default-src 'self'"],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=()'],
    ['x-frame-options', 'DENY'],
  ])
  await learnHead(other, answer(OWN))
  expect(await isShown('/other')).toBe(true)
  const found = await readRecord('build', ['/other'])
  if (found) await learnHead(found.record, answer({ 'x-frame-options': 'DENY' }))
  expect(await headersOf('/other'), 'changed since').toContainEqual(['x-frame-options', 'DENY'])
})

it('never shows at once what has a header of one answer', async () => {
  await learnHead(seen, answer({ 'content-security-policy': "script-src 'nonce-abc'" }))
  await learnHead(other, answer(OWN))
  expect([await isShown('/'), await isShown('/other')]).toEqual([false, true])
})

it('keeps what was seen when the record is renewed, and learns nothing from an error', async () => {
  await learnHead(seen, answer({ 'x-frame-options': 'DENY' }))
  await learnHead(seen, answer({}, 404))
  await learnHead(seen, Response.error())
  await renewRecord({ ...seen, asOf: 2000 })
  expect(await headersOf('/')).toEqual([
    ['x-page', 'own'],
    ['x-frame-options', 'DENY'],
  ])
  expect(await isShown('/')).toBe(true)
})

it('changes no record that has taken its place', async () => {
  const newer = { ...stored('/'), digest: other.digest }
  await putRecord(newer)
  await learnHead(seen, answer({ 'x-frame-options': 'DENY' }))
  expect(await headersOf('/')).toEqual(newer.headers)
})
