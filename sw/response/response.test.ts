// Proves which headers an assembled response has, and when it says of itself that it is old.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { resumingRecord } from '../util/test-worker.ts'
import { toResponse } from './response.ts'

const NOW = 1_000_000_000
const record: StoredRecord = {
  ...resumingRecord('/'),
  status: 404,
  headers: [
    ['content-type', 'text/html'],
    ['x-page', 'own'],
  ],
  lifetime: { revalidate: 10, expire: undefined },
  receivedAt: NOW - 10_000,
  asOf: 0,
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

it('has the status and the headers of its record, and says how it came', async () => {
  const response = toResponse(record, 'body', { outcome: 'instant' })
  expect([response.status, await response.text()]).toEqual([404, 'body'])
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'text/html',
    'x-page': 'own',
    'server-timing': 'shell;desc="instant", shell-age;desc="10"',
  })
})

it('has the headers of the verdict in place of the record’s, and what is timed beside theirs', () => {
  const headers = new Headers({ 'server-timing': 'db;dur=1' })
  const response = toResponse(record, 'body', { outcome: 'gated', headers, waits: { store: 1 } })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'server-timing': 'db;dur=1, shell;desc="gated", shell-age;desc="10", shell-store;dur=1.0',
  })
  expect(response.headers.has('x-page')).toBe(false)
})

it.each<[string, number, number | undefined, boolean, boolean]>([
  ['at its revalidation', 10_000, 10, false, false],
  ['past its revalidation', 10_001, 10, false, true],
  ['without one', 1_000_000, undefined, false, false],
  ['that is invalidated', 0, 10, true, true],
])('says that a record is old %s, or not', (_name, age, revalidate, isInvalidated, isStale) => {
  const given = { ...record, lifetime: { revalidate, expire: undefined }, receivedAt: NOW - age }
  const { headers } = toResponse(given, 'body', { outcome: 'offline', isInvalidated })
  expect(headers.get('server-timing')?.includes('shell-stale')).toBe(isStale)
})
