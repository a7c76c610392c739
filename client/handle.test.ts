// Proves that a page says so where it registers another worker than its app has asked for.

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
  ['the build says so', '1', undefined, true],
  ['the call says so', '', true, true],
  ['the call says no', '1', false, false],
  ['nothing says so', '', undefined, false],
])('loads what has pages prepared where %s', async (_name, built, speculate, isLoaded) => {
  const script = `export const speculate = () => globalThis.speculated.push('${built}')`
  const speculated: string[] = []
  vi.stubGlobal('speculated', speculated)
  const supports = vi.fn<() => boolean>(() => true)
  vi.stubGlobal('HTMLScriptElement', { supports })
  vi.stubEnv('SHELL_CACHE_SPECULATION', `data:text/javascript,${encodeURIComponent(script)}`)
  vi.stubEnv('SHELL_CACHE_SPECULATES', built)
  const { registerShellCache } = await import('./handle.ts')
  registerShellCache({ speculate })
  registerShellCache({ speculate })
  if (isLoaded) await vi.waitFor(() => expect(speculated).toEqual([built]))
  else expect(supports).not.toHaveBeenCalled()
})
