// Proves when the holes of a page are fetched through Next's router, and when the page is reloaded instead. The router and React's marks
// are simulated here; e2e tests it with Next itself (no-network/offline.spec.ts).

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { refreshThroughRouter } from './router.ts'

const filled = vi.hoisted(() => vi.fn<() => void>())
vi.mock(import('../handle.ts'), () => ({ noteFilled: filled }) as never)

const page = { body: {} as Record<string, unknown>, holes: 1 }
const refresh = vi.fn<() => void>()
const reload = vi.fn<() => void>()
let changed = (): void => {}

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  Object.assign(page, { body: {}, holes: 1 })
  vi.stubGlobal('self', { next: { router: { refresh } } })
  vi.stubGlobal('location', { reload })
  vi.stubGlobal('document', {
    get body() {
      return page.body
    },
    querySelector: () => (page.holes > 0 ? {} : null),
  })
  vi.stubGlobal(
    'MutationObserver',
    class {
      readonly disconnect = (): void => {}
      readonly observe = (): void => {}
      constructor(change: () => void) {
        changed = change
      }
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('asks the router when React has hydrated the page, and says that it is filled when no hole waits', async () => {
  const done = refreshThroughRouter()
  await vi.advanceTimersByTimeAsync(1000)
  expect(refresh).not.toHaveBeenCalled()
  page.body['__reactFiber$x'] = {}
  await vi.advanceTimersByTimeAsync(1000)
  expect(refresh).toHaveBeenCalledOnce()
  changed()
  expect(filled).not.toHaveBeenCalled()
  page.holes = 0
  changed()
  await done
  expect([filled.mock.calls.length, reload.mock.calls.length]).toEqual([1, 0])
})

it.each([
  ['there is no router', {}],
  ['what is there is no router', { next: { router: { refresh: 'later' } } }],
  ['React hydrates nothing', { next: { router: { refresh } } }],
])('reloads the page if %s', async (_case, globals) => {
  vi.stubGlobal('self', globals)
  const done = refreshThroughRouter()
  await vi.advanceTimersByTimeAsync(10_000)
  await done
  expect([reload.mock.calls.length, refresh.mock.calls.length]).toEqual([1, 0])
})
