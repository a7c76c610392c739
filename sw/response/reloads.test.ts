// Proves that a reload which a tail asked for is known once, and not for ever.

import { afterEach, expect, it, vi } from 'vitest'

import { expectReload, isExpectedReload } from './reloads.ts'

afterEach(() => vi.restoreAllMocks())

it('knows the next visit to a URL for the reload, and the one after it for a visit', () => {
  expectReload('https://shop.test/a')
  expect(isExpectedReload('https://shop.test/b')).toBe(false)
  expect(isExpectedReload('https://shop.test/a')).toBe(true)
  expect(isExpectedReload('https://shop.test/a')).toBe(false)
})

it('expects no reload that did not come', () => {
  const now = performance.now()
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now)
  expectReload('https://shop.test/a')
  clock.mockReturnValue(now + 30_001)
  expect(isExpectedReload('https://shop.test/a')).toBe(false)
})

it('expects reloads of several pages, each for its own half minute', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(100_000)
  expectReload('https://shop.test/a')
  expectReload('https://shop.test/b')
  clock.mockReturnValue(130_000)
  expectReload('https://shop.test/c')
  expect(isExpectedReload('https://shop.test/a')).toBe(true)
  expect(isExpectedReload('https://shop.test/b')).toBe(true)
  expect(isExpectedReload('https://shop.test/c')).toBe(true)
})
