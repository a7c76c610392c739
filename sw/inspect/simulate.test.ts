// Proves what a simulation does to the worker's own `fetch`, and that with a slow database it misses only the first request. The effect on
// a page is tested in e2e (inspector.spec.ts).

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { readSimulated, type Simulated } from './database.ts'
import { startSimulator } from './simulate.ts'

vi.mock('./database.ts', () => ({
  readSimulated: vi.fn<typeof readSimulated>(),
  writeSimulated: vi.fn<() => Promise<void>>(),
}))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('location', new URL('https://shop.test/sw.js'))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A worker whose network has everything, and whose database does not answer until the test makes it. */
function startWorker() {
  let say: (stored: Simulated) => void = () => {}
  vi.mocked(readSimulated).mockReturnValue(new Promise((resolve) => (say = resolve)))
  const fetch = (_input: string): Promise<Response> => Promise.resolve(new Response('there'))
  const scope = { fetch }
  const simulator = startSimulator(scope as ServiceWorkerGlobalScope)
  const ask = (): Promise<string> => scope.fetch('https://shop.test/').then((response) => response.text())
  return { simulator, ask, say: () => say({ simulation: 'offline', since: Date.now() }) }
}

it('has the first request wait for what is simulated', async () => {
  const { ask, say } = startWorker()
  const asked = ask()
  say()
  await expect(asked).rejects.toThrow('simulates that there is no network')
})

it('has nothing wait for a database that is late, and minds it when it is there', async () => {
  const { ask, say } = startWorker()
  const asked = ask()
  await vi.advanceTimersByTimeAsync(500)
  expect(await asked).toBe('there')
  say()
  await vi.advanceTimersByTimeAsync(0)
  await expect(ask()).rejects.toThrow('simulates that there is no network')
})

it('minds what it was told since more than what is stored', async () => {
  const { simulator, ask, say } = startWorker()
  await simulator.simulate('nothing')
  say()
  await vi.advanceTimersByTimeAsync(0)
  expect(await ask()).toBe('there')
})

it('ends by itself', async () => {
  const { ask, say } = startWorker()
  say()
  await expect(ask()).rejects.toThrow()
  vi.advanceTimersByTime(10 * 60 * 1000)
  expect(await ask()).toBe('there')
})
