// Proves when an open page looks for a new worker. e2e tests what the browser does then.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { follow } from './follow.ts'
import { createStateStore } from '../state.ts'

const HOUR_MS = 3_600_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('looks for a new worker each hour and when the visitor comes back, not twice in a minute, whether or not it can', () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  const update = vi.fn<() => Promise<void>>(async () => Promise.reject(new TypeError('no network')))
  const registration = Object.assign(new EventTarget(), { installing: null, waiting: null, active: null, update })
  follow(registration as unknown as ServiceWorkerRegistration, createStateStore({ status: 'registering' }))
  const comeBack = (): void => void page.dispatchEvent(new Event('focus'))

  comeBack()
  expect(update).not.toHaveBeenCalled()
  vi.advanceTimersByTime(HOUR_MS)
  expect(update).toHaveBeenCalledTimes(1)
  comeBack()
  expect(update).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(HOUR_MS / 2)
  comeBack()
  comeBack()
  expect(update).toHaveBeenCalledTimes(2)
})
