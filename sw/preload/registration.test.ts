// Proves in which browsers the option `preload` does anything. What it does is shown by e2e (preload.spec.ts, preload-elsewhere.spec.ts).

import { afterEach, expect, it, onTestFinished, vi } from 'vitest'

import { canPreload, networkExtras } from './registration.ts'
import { workerConfig } from '../util/test-worker.ts'

afterEach(() => vi.unstubAllGlobals())

it('says of no shell that it is here if whole documents are wanted', async () => {
  vi.stubGlobal('InstallEvent', { prototype: { addRoutes: () => undefined } })
  const said: string[] = []
  const navigationPreload = { setHeaderValue: async (value: string) => void said.push(value), enable: async () => {} }
  const scope = {
    addEventListener: () => {},
    registration: { navigationPreload },
  } as unknown as ServiceWorkerGlobalScope
  await networkExtras(scope, workerConfig({ preload: true, transport: 'prefix' })).onActivate?.()
  expect(said).toEqual(['build'])
})

it('takes part only if everything else can be sent past the worker', () => {
  expect(canPreload()).toBe(false)
  vi.stubGlobal('InstallEvent', { prototype: {} })
  expect(canPreload()).toBe(false)
  vi.stubGlobal('InstallEvent', { prototype: { addRoutes: () => undefined } })
  expect(canPreload()).toBe(true)
})

it('skips the preload of one navigation, and has it on again with the next or after five seconds', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  vi.stubGlobal('InstallEvent', { prototype: { addRoutes: () => undefined } })
  const said: string[] = []
  const navigationPreload = { enable: async () => void said.push('on'), disable: async () => void said.push('off') }
  const heard: ((event: object) => void)[] = []
  const scope = {
    addEventListener: (_type: string, listener: (event: object) => void) => heard.push(listener),
    registration: { navigationPreload },
  } as unknown as ServiceWorkerGlobalScope
  const { network } = networkExtras(scope, workerConfig({ preload: true }))
  const arrive = (): void => {
    const event = { request: { mode: 'navigate' }, preloadResponse: Promise.resolve(), waitUntil: () => {} }
    for (const listener of heard) listener(event)
  }
  arrive()
  expect(said).toEqual([])
  await network?.skipPreload?.()
  arrive()
  expect(said).toEqual(['off', 'on'])
  arrive()
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toEqual(['off', 'on'])
  await network?.skipPreload?.()
  await vi.advanceTimersByTimeAsync(5000)
  expect(said).toEqual(['off', 'on', 'off', 'on'])
})
