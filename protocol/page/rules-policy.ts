// Whether a page's Content Security Policy lets it write speculation rules (https://www.w3.org/TR/CSP3/#match-element-to-source-list). A
// browser reports that only as an error on the console. Pure.

import type { HeaderList } from '../record/record.ts'

/** @param headers - Names in lower case. @param nonce - Of the page's own scripts, if they have one. */
export function permitsRules(headers: HeaderList, nonce = ''): boolean {
  const policies = headers.flatMap(([name, value]) => (name === 'content-security-policy' ? value.split(',') : []))
  return policies.every((policy) => policyPermits(policy, nonce))
}

function policyPermits(policy: string, nonce: string): boolean {
  const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/))
  // The first directive of a name counts.
  const named = (wanted: string): readonly string[] | undefined =>
    directives.find(([name]) => name?.toLowerCase() === wanted)
  const sources = named('script-src-elem') ?? named('script-src') ?? named('default-src')
  if (!sources || (nonce && sources.includes(`'nonce-${nonce}'`))) return true
  const has = (pattern: RegExp): boolean => sources.some((source) => pattern.test(source))
  if (has(/^'inline-speculation-rules'$/i)) return true
  return has(/^'unsafe-inline'$/i) && !has(/^'(nonce-|sha(256|384|512)-|strict-dynamic'$)/i)
}
