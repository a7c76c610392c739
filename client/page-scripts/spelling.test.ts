// Proves how the address of a page without a network is spelled while React hydrates its shell.

import { expect, it } from 'vitest'

import { spelledAs } from './spelling.ts'

const payloadOf = (...segments: readonly string[]): string => `0:{"P":null,"c":${JSON.stringify(segments)},"q":""}\n`

it.each([
  ['/w/a+b', payloadOf('', 'w', 'a%2Bb'), '/w/a%2Bb'],
  ['/w/%61%2bb', payloadOf('', 'w', 'a%2Bb'), '/w/a%2Bb'],
  ['/docs/w/a+b/', payloadOf('', 'w', 'a%2Bb', ''), '/docs/w/a%2Bb/'],
  ['/', payloadOf('', ''), '/'],
  ['/docs/', payloadOf('', ''), '/docs/'],
])('has %s as the shell has it, by %s', (pathname, payload, expected) => {
  expect(spelledAs(payload, pathname)).toBe(expected)
})

it.each([
  ['a route', payloadOf('', 'w', '[name]')],
  ['another page', payloadOf('', 'other', 'a%2Bb')],
  ['a page without the slash', payloadOf('', 'w', 'a%2Bb')],
  ['a broken escape', payloadOf('', 'w', '%E0')],
  ['no page', 'an error page'],
])('leaves an address alone by the payload of %s', (_name, payload) => {
  expect(spelledAs(payload, '/docs/w/a+b/')).toBe('/docs/w/a+b/')
})
