// Proves in which browsers the option `preload` does anything; what it does there is e2e's (preload.spec.ts, preload-elsewhere.spec.ts).

import { afterEach, expect, it, vi } from 'vitest'

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
