// Proves what a first visit leaves for later, what fetches it then, and that nothing is downloaded in vain.

import { expect, it, vi } from 'vitest'

import { deleteRecord, putRecord } from '../store/records.ts'
import { storedDigests } from '../store/test-store.ts'
import { staticRecord, workerConfig } from '../util/test-worker.ts'
import { installLater, installLazyAssets, installRecords } from './install.ts'
import { setUpInstall } from './test-build.ts'

const config = workerConfig()
const { serve } = setUpInstall()

it('keeps what is there if Save-Data is switched on half way, and stores the rest when it is visited', async () => {
  const records = ['/', '/a', '/b', '/c', '/d', '/e'].map((key) => staticRecord(key))
  serve({ records })
  vi.stubGlobal('navigator', {
    get connection() {
      return { saveData: stored > 1 }
    },
  })
  let stored = 0
  const counting = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    if (path.endsWith('.txt')) stored++
    return counting(path, init)
  })
  expect(await installRecords(config)).toEqual({ stored: 2, problems: [] })
  expect([...(await storedDigests('build')).keys()].toSorted()).toEqual(['/', '/a'])
  await installLater(['/c'], config, false)
  expect((await storedDigests('build')).size, 'a link is no visit').toBe(2)
  await installLater(['/b'], config, true)
  expect([...(await storedDigests('build')).keys()].toSorted()).toEqual(['/', '/a', '/b'])
  expect(await (await caches.match('/only-2.js'))?.text()).toBe('/only-2.js')
  vi.stubGlobal('navigator', {})
  await installLater(['/c'], config, false)
  expect((await storedDigests('build')).has('/c'), 'a link that has come into view').toBe(true)
})

it('never brings back what was deleted since, and puts nothing in the place of what is newer', async () => {
  const none = workerConfig({ budget: { ...config.budget, install: 0 } })
  const [a, b] = [staticRecord('/a'), staticRecord('/b')]
  serve({ records: [a, b] })
  expect(await installRecords(none)).toEqual({ stored: 0, problems: [] })
  const newer = staticRecord('/b', 'build', 'newer')
  await putRecord({ ...newer, receivedAt: 1, asOf: 0 })
  await installLater(['/a'], none, false)
  expect((await storedDigests('build')).has('/a'), 'no room').toBe(false)
  for (const key of ['/a', '/b']) await installLater([key], none, true)
  expect(await storedDigests('build')).toEqual(
    new Map([
      ['/a', a.digest],
      ['/b', newer.digest],
    ]),
  )
  await deleteRecord({ ...a })
  await installLater(['/a'], none, true)
  expect((await storedDigests('build')).has('/a')).toBe(false)
})

it('downloads no more when the browser has no room left, and keeps what is there', async () => {
  const records = ['/', '/a', '/b', '/c', '/d', '/e', '/f', '/g'].map((key) => staticRecord(key))
  const asked = serve({ records })
  const opened = caches.open.bind(caches)
  let puts = 0
  vi.spyOn(caches, 'open').mockImplementation(async (name) => {
    const cache = await opened(name)
    const put = cache.put.bind(cache)
    vi.spyOn(cache, 'put').mockImplementation(async (...given) => {
      if (++puts > 3) throw new DOMException('no room', 'QuotaExceededError')
      await put(...given)
    })
    return cache
  })
  const { stored, problems } = await installRecords(config)
  expect(stored).toBeGreaterThan(0)
  expect(problems[0]).toContain('no room')
  expect((await storedDigests('build')).size).toBe(stored)
  expect(asked.filter((path) => path.endsWith('.txt')).length).toBeLessThan(records.length)
  await installLazyAssets(config)
  expect(asked.filter((path) => path.startsWith('/late-'))).toEqual(['/late-1.js'])
})
