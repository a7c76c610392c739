// Proves that a page warns if it registers another worker than the app has asked for.

import { beforeEach, expect, it, vi } from 'vitest'

beforeEach(() => {
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('document', { readyState: 'loading' })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('PerformanceNavigationTiming', PerformanceEntry)
  vi.stubEnv('SHELL_CACHE_WORKER', '/sw.js')
  vi.resetModules()
})

it.each([
  ['/service-worker.js', 1],
  ['/sw.js', 0],
  [undefined, 0],
])('warns of a worker that is asked for when the build’s is registered: %s', async (workerUrl, times) => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const { registerShellCache } = await import('./handle.ts')
  const handle = registerShellCache()
  expect(registerShellCache({ workerUrl })).toBe(handle)
  registerShellCache({ workerUrl })
  expect(warn).toHaveBeenCalledTimes(times)
  if (times > 0)
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/\/sw\.js, .*\/service-worker\.js.*register: false/))
})

it.each([
  ['the build says so', 'moderate', undefined, ['moderate']],
  ['the build says how soon', 'eager', undefined, ['eager']],
  ['the call says so', '', true, ['moderate']],
  ['the call says how soon', 'eager', 'conservative', ['conservative']],
  ['the call says no', 'moderate', false, []],
  ['nothing says so', '', undefined, []],
] as const)('loads what has pages prepared if %s', async (_name, built, speculate, wanted) => {
  const script = `export const speculate = (eagerness) => globalThis.speculated.push(eagerness)`
  const speculated: string[] = []
  vi.stubGlobal('speculated', speculated)
  const supports = vi.fn<() => boolean>(() => true)
  vi.stubGlobal('HTMLScriptElement', { supports })
  vi.stubEnv('SHELL_CACHE_SPECULATION', `data:text/javascript,${encodeURIComponent(script)}`)
  vi.stubEnv('SHELL_CACHE_SPECULATES', built)
  const { registerShellCache } = await import('./handle.ts')
  registerShellCache({ speculate })
  registerShellCache({ speculate })
  if (wanted.length > 0) await vi.waitFor(() => expect(speculated).toEqual(wanted))
  else expect(supports).not.toHaveBeenCalled()
})
