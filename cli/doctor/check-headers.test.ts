// Proves which headers of the network's page a shell must have, whatever adds them.

import { expect, it } from 'vitest'

import { checkHeaders } from './check-headers.ts'

const page = (headers: Record<string, string | string[]>) => ({ headers: { 'content-type': 'text/html', ...headers } })
const shell = (...headers: [string, string][]) => ({ headers })

it.each([
  ['content-security-policy', "frame-ancestors 'none'"],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['permissions-policy', 'camera=()'],
])('names %s, which the page has and the shell has not, or another one', (name, value) => {
  const answer = page({ [name]: value, 'x-frame-options': 'DENY' })
  for (const record of [shell(['x-frame-options', 'SAMEORIGIN']), shell([name, 'another'])]) {
    const { status, message, fix } = checkHeaders(answer, answer, record)
    expect(status).toBe('warn')
    expect(message).toContain(name)
    expect(fix).toContain('`headers()` of next.config')
  }
})

it('says which header differs from response to response', () => {
  const policy = (nonce: string) => page({ 'content-security-policy': `script-src 'nonce-${nonce}'` })
  const { status, message, fix } = checkHeaders(policy('a'), policy('b'), shell())
  expect(status).toBe('fail')
  expect(message).toMatch(/content-security-policy differs from response to response/)
  expect(fix).toContain("'gated'")
})

it('finds nothing if the shell has them all, and minds no request id and nothing that is of the whole host', () => {
  const answer = (id: string) =>
    page({ 'x-frame-options': 'DENY', 'x-request-id': id, 'strict-transport-security': 'max-age=1', date: id })
  expect(checkHeaders(answer('1'), answer('2'), shell(['x-frame-options', 'DENY'], ['x-more', '1']))).toEqual({
    name: 'security headers',
    status: 'pass',
    message: 'The shell has all that the page has.',
  })
})
