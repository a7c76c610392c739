// Proves which policies let a page write speculation rules. e2e/specs/transport/speculation-limits.spec.ts proves that Chromium agrees.

import { expect, it } from 'vitest'

import { permitsRules } from './rules-policy.ts'

it.each<[boolean, string]>([
  [true, "img-src 'self'"],
  [true, "script-src 'self' 'unsafe-inline'"],
  [true, "default-src 'self' 'UNSAFE-INLINE'"],
  [true, "script-src 'self' 'inline-speculation-rules'"],
  [true, "script-src 'self' 'strict-dynamic' 'sha256-x' 'Inline-Speculation-Rules'"],
  [true, "script-src 'nonce-abc'"],
  [true, "script-src 'none'; script-src-elem 'unsafe-inline'"],
  [true, "script-src 'unsafe-inline'; script-src 'self'"],
  [false, "default-src 'self'"],
  [false, "script-src 'self'"],
  [false, "SCRIPT-SRC 'none'"],
  [false, "script-src 'nonce-other'"],
  [false, "script-src 'unsafe-inline' 'nonce-other'"],
  [false, "script-src 'unsafe-inline' 'sha256-x'"],
  [false, "script-src 'unsafe-inline' 'strict-dynamic'"],
  [false, "script-src 'unsafe-inline'; script-src-elem 'self'"],
  [false, "script-src 'unsafe-inline', script-src 'self'"],
])('says %s for %s', (permits, policy) => {
  expect(permitsRules([['content-security-policy', policy]], 'abc')).toBe(permits)
})

it('goes by every policy of the page, and by nothing else', () => {
  expect(permitsRules([])).toBe(true)
  expect(permitsRules([['content-security-policy-report-only', "script-src 'self'"]])).toBe(true)
  expect(
    permitsRules([
      ['content-security-policy', "script-src 'unsafe-inline'"],
      ['content-security-policy', "script-src 'self'"],
    ]),
  ).toBe(false)
  expect(permitsRules([['content-security-policy', "script-src 'nonce-'"]])).toBe(false)
})
