// Proves what a worker does after a response of another build, and for how long: it looks once for a newer worker, and shows no shells.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { formatVerdict, type Refusal } from '../../protocol/verdict.ts'
import { navigate } from '../navigation/navigate.ts'
import { refresh } from '../refresh/refresh.ts'
import { putRecord } from '../store/records.ts'
import { resumingRecord, workerConfig } from '../util/test-worker.ts'
import { isOutdated, lookForNewer, notePreloadedBuild } from './other-build.ts'
import { heard } from './switch.ts'

const update = vi.fn<() => Promise<void>>()
const registration = { scope: 'https://shop.test/', update }
const config = workerConfig()
const MINUTE = 60_000

beforeEach(() => {
  vi.stubGlobal('registration', registration)
  vi.useFakeTimers({ toFake: ['performance'] })
  update.mockReset().mockRejectedValue(new TypeError('no network'))
})
afterEach(() => {
  heard(refusal('busy'))
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const refusal = (reason: Refusal): Response =>
  new Response(null, { status: 409, headers: { 'shell-cache-verdict': formatVerdict({ kind: 'refused', reason }) } })

it('looks for a newer worker when a page has loaded, once for all that comes of a deploy', () => {
  heard(refusal('unknown'))
  heard(new Response('a page'))
  lookForNewer()
  expect([update.mock.calls.length, isOutdated(config)]).toEqual([0, false])
  heard(refusal('build'))
  expect([update.mock.calls.length, isOutdated(config)]).toEqual([0, true])
  for (let pages = 0; pages < 2; pages++) {
    heard(refusal('build'))
    lookForNewer()
  }
  expect(update).toHaveBeenCalledTimes(1)
})

it('shows shells again, and looks again, where no newer worker comes', () => {
  heard(refusal('build'))
  lookForNewer()
  vi.advanceTimersByTime(MINUTE)
  expect(isOutdated(config), 'one of several servers may be of another build for a while').toBe(false)
  heard(refusal('build'))
  lookForNewer()
  expect(update).toHaveBeenCalledTimes(2)
  heard(refusal('unknown'))
  expect(isOutdated(config), 'its own build answers').toBe(false)
})

it('hears of another build from the page that a preload brings, unless it is another app’s', () => {
  const preloaded = (build: string): Response => new Response('a page', { headers: { 'shell-cache-build': build } })
  for (const build of ['build', 'other/docs', '']) notePreloadedBuild(preloaded(build), config)
  notePreloadedBuild(new Response('a page'), config)
  expect(isOutdated(config)).toBe(false)
  notePreloadedBuild(preloaded('other'), config)
  expect(isOutdated(config)).toBe(true)
  lookForNewer()
  expect(update).toHaveBeenCalledTimes(1)
})

it('knows of a deploy that it was not told of, by the worker that takes its place', () => {
  vi.stubGlobal('registration', { ...registration, installing: null, waiting: {} })
  expect(isOutdated(config)).toBe(true)
  expect(isOutdated({ ...config, update: 'prompt' }), 'that one may wait for days').toBe(false)
  vi.stubGlobal('registration', { ...registration, installing: {}, waiting: null })
  expect(isOutdated(config)).toBe(true)
  vi.stubGlobal('registration', { ...registration, installing: null, waiting: null })
  expect(isOutdated(config)).toBe(false)
})

it('asks for the document alone while it is outdated, and shows a stored page without a network', async () => {
  const asked: string[] = []
  let isThere = true
  vi.stubGlobal('fetch', async ({ method }: Request) => {
    asked.push(method)
    if (!isThere) throw new TypeError('no network')
    return new Response('<html>network')
  })
  await putRecord({ ...resumingRecord('/'), receivedAt: Date.now(), asOf: 1000 })
  const visit = async (): Promise<string> => {
    const background: Promise<unknown>[] = []
    const request = new Request('https://shop.test/')
    const waitUntil = (work: Promise<unknown>): number => background.push(work)
    const event = { request, resultingClientId: '', waitUntil } as unknown as FetchEvent
    const navigation = { url: new URL(request.url), keys: ['/'], mode: 'instant', isRepeat: false } as const
    const text = await (await navigate(event, navigation, workerConfig())).text()
    await Promise.all(background)
    return text
  }
  heard(refusal('build'))
  expect(await visit()).toBe('<html>network')
  const sought = { keys: ['/'], known: undefined, mode: 'instant' } as const
  expect(await refresh(new Request('https://shop.test/'), sought, workerConfig())).toBe(true)
  expect(asked).toEqual(['GET'])
  isThere = false
  expect(await visit()).toContain('<html>/')
})
