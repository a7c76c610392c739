// Proves which of the headers that a host adds get into a record, and which are sent with the response that brings it.

import type { ServerResponse } from 'node:http'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { ask, changed, recordOf } from '../test-newer.ts'
import { startOrigin, verdict } from '../test-origin.ts'

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())

/** The headers that a server of your own puts on each response: helmet's, and some for one response only. */
const helmet =
  (added: Readonly<Record<string, string>>) =>
  (_incoming: unknown, response: ServerResponse): void => {
    const all = { 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', ...added }
    for (const [name, value] of Object.entries(all)) response.setHeader(name, value)
  }

it.each(['x-request-id', 'x-csrf-token', 'traceparent', 'server-timing', 'etag', 'date', 'set-cookie', 'x-anything'])(
  'keeps of what a host adds the headers that hold for the page, and no %s',
  async (name) => {
    await using app = await startOrigin({ ...changed(), before: helmet({ [name]: 'of one answer' }) })
    const { headers } = await recordOf(await app.send('/p/a', ask()))
    expect(headers).toContainEqual(['x-frame-options', 'DENY'])
    expect(headers).toContainEqual(['cross-origin-opener-policy', 'same-origin'])
    expect(headers).toContainEqual(['link', '</font.woff2>; rel=preload'])
    expect(headers.map(([kept]) => kept)).not.toContain(name)
  },
)

it('makes no record of a page whose policy holds a nonce', async () => {
  const policy = (value: string) => ({ ...changed(), before: helmet({ 'content-security-policy': value }) })
  await using nonced = await startOrigin(policy("script-src 'nonce-c2VjcmV0'"))
  const refused = await nonced.send('/p/a', ask(nonced.a))
  expect(verdict(refused)).toBe('refused; reason=unknown')
  expect(await refused.text()).toBe('')
  await using constant = await startOrigin(policy("script-src 'self'"))
  const { headers } = await recordOf(await constant.send('/p/a', ask(constant.a)))
  expect(headers).toContainEqual(['content-security-policy', "script-src 'self'"])
})

it.each(['instant', 'gated'])(
  'says with the answer for a record which security headers the page has, %s',
  async (mode) => {
    const routes = [{ pattern: '/p/[slug]', mode, route: '/p/[slug]' }]
    const before = helmet({ 'x-request-id': '1', 'set-cookie': 'rotated=1' })
    await using app = await startOrigin({ before }, { routes })
    for (const asked of [ask(), ask(app.a)]) {
      const { headers } = await app.send('/p/a', asked)
      const seen = ['x-frame-options', 'cross-origin-opener-policy'].map((name) => headers.get(name))
      // A guard may have added headers for one visitor only.
      expect(seen).toEqual(mode === 'instant' ? ['DENY', 'same-origin'] : [null, null])
      expect([headers.get('x-request-id'), headers.get('set-cookie')]).toEqual([null, 'rotated=1'])
    }
  },
)
