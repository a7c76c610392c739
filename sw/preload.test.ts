// Proves in which browsers the option `preload` does anything; what it does there is e2e's (preload.spec.ts, preload-elsewhere.spec.ts).

import { afterEach, expect, it, vi } from 'vitest'

import { canPreload } from './preload.ts'

afterEach(() => vi.unstubAllGlobals())

it('takes part only where everything else can be sent past the worker', () => {
  expect(canPreload()).toBe(false)
  vi.stubGlobal('InstallEvent', { prototype: {} })
  expect(canPreload()).toBe(false)
  vi.stubGlobal('InstallEvent', { prototype: { addRoutes: () => undefined } })
  expect(canPreload()).toBe(true)
})
