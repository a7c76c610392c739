// Proves what a page says about itself, from the headers of its document and from how it started.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { serverTiming } from '../protocol/wire.ts'
import { markStartedOffline, readPage } from './page.ts'

class Timing {
  readonly serverTiming = serverTiming('instant', 90_000, false)
    .split(', ')
    .map((metric) => ({ name: metric.split(';')[0], description: /desc="(.*)"/.exec(metric)?.[1] ?? '' }))
}

beforeEach(() => {
  vi.stubGlobal('self', {})
  vi.stubGlobal('dispatchEvent', () => true)
  vi.stubGlobal('PerformanceNavigationTiming', Timing)
  vi.stubGlobal('performance', { getEntriesByType: () => [new Timing()] })
})
afterEach(() => vi.unstubAllGlobals())

it('says how the page came while the network is there', () => {
  expect(readPage()).toEqual({ offline: false, stale: false, age: 90, copyAge: undefined })
})

it('waits for the network with open holes, which show nothing that could be stale', () => {
  markStartedOffline()
  expect(readPage()).toEqual({ offline: true, stale: false, age: 90, copyAge: undefined })
})

it('is stale if its holes show a copy', () => {
  markStartedOffline(30)
  expect(readPage()).toEqual({ offline: true, stale: true, age: 90, copyAge: 30 })
})
