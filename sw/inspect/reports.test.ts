// Proves which reports of pages a worker with an inspector keeps, and what it ignores.

import 'fake-indexeddb/auto'

import { openDB } from 'idb'
import { beforeEach, expect, it, vi } from 'vitest'

import { type Inspection, isInspection } from '../../protocol/page/inspection.ts'
import { workerConfig } from '../util/test-worker.ts'
import { answerInspector } from './answer.ts'
import { NO_SIMULATION } from './simulate.ts'

const config = workerConfig({ inspector: true })
const report = {
  version: 1,
  group: 'worker',
  rung: 'instant',
  reloaded: false,
  offline: false,
  resting: false,
  holes: [],
}
const reported = (at: number, given: object = {}): object => ({
  type: 'shell-cache:reported',
  at,
  report: { ...report, ...given },
})

const say = (data: object, used = config): Promise<void> => answerInspector(used, NO_SIMULATION, { data, ports: [] })

async function inspection(): Promise<Inspection> {
  const postMessage = vi.fn<(message: unknown) => void>()
  const port = { postMessage } as Partial<MessagePort> as MessagePort
  await answerInspector(config, NO_SIMULATION, { data: { type: 'shell-cache:inspect' }, ports: [port] })
  const told: unknown = postMessage.mock.calls[0]?.[0]
  if (!isInspection(told)) throw new Error('no inspection')
  return told
}

beforeEach(async () => {
  vi.stubGlobal('registration', { scope: 'https://shop.test/' })
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      postMessage(): void {}
      close(): void {}
    },
  )
  await say({ type: 'shell-cache:purge' })
})

it('keeps the last fifty, the newest first', async () => {
  for (let at = 1; at <= 52; at++) await say(reported(at, { ttfb: at }))
  const { reports } = await inspection()
  expect(reports.map(({ at }) => at)).toEqual(Array.from({ length: 50 }, (_, back) => 52 - back))
  expect(reports[0]?.report).toEqual({ ...report, ttfb: 52 })
})

it('keeps them in the database of a worker that knew of none', async () => {
  indexedDB.deleteDatabase('next-shell-cache-inspector:/')
  const former = await openDB('next-shell-cache-inspector:/', 1, {
    upgrade(fresh) {
      for (const table of ['visits', 'hits', 'simulated'])
        fresh.createObjectStore(table, { autoIncrement: table === 'visits' })
    },
  })
  former.close()
  await say(reported(7))
  expect((await inspection()).reports).toHaveLength(1)
})

it('keeps nothing that is no report', async () => {
  for (const broken of [reported(-1), reported(Number.NaN), reported(1, { ttfb: -1 }), reported(1, { version: 2 })])
    await say(broken)
  await say({ type: 'shell-cache:reported' })
  expect((await inspection()).reports).toEqual([])
})

it('keeps nothing in a build without an inspector, and forgets all of it on a purge', async () => {
  await say(reported(1), workerConfig({ inspector: false }))
  expect((await inspection()).reports).toEqual([])
  await say(reported(1))
  expect((await inspection()).reports).toHaveLength(1)
  await say({ type: 'shell-cache:purge' })
  expect((await inspection()).reports).toEqual([])
})
