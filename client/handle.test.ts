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
