// Proves the message for each way in which a document can be served. That a browser tells them apart is tested in e2e
// (playwright-fixture.spec.ts).

import { expect, it } from 'vitest'

import { describeServed } from './describe-served.ts'
import type { StoredPage } from './records.ts'
import type { ShownDocument } from './served.ts'

const document = (facts: Partial<ShownDocument> = {}): ShownDocument => ({
  url: 'http://localhost:3000/products/lamp?sort=price',
  served: undefined,
  navigation: 'navigate',
  wasControlled: true,
  controller: 'http://localhost:3000/sw.js',
  ...facts,
})

const record = (key: string, isInvalidated = false): StoredPage => ({
  key,
  kind: 'resuming',
  digest: 'A'.repeat(43),
  bytes: 1000,
  receivedAt: 0,
  isInvalidated,
  isInDoubt: isInvalidated,
  buildId: 'build',
})

it.each([
  ['instant', 'the server was asked to fill its holes'],
  ['gated', 'let the visitor through'],
  ['offline', 'did not answer'],
  ['static', 'has no holes'],
] as const)('says what %s means', (outcome, meaning) => {
  const [first, second] = describeServed(document({ served: { outcome, stale: false, age: 61.4 } }), []).split('\n')
  expect(first).toBe(`${document().url} was served "${outcome}", from a shell that was 61 s old.`)
  expect(second).toContain(meaning)
})

it('says that a shell was outdated', () => {
  const served = { outcome: 'instant', stale: true, age: 3 } as const
  expect(describeServed(document({ served }), [])).toContain('from an outdated shell that was 3 s old')
})

it.each([
  ['no page at all', { url: 'about:blank' }, 'That is no page of the app'],
  ['a first visit', { wasControlled: false, controller: undefined }, 'No worker controls it: this was a first visit.'],
  ['a worker that came later', { wasControlled: false }, 'The worker came after it: this was a first visit.'],
  ['a reload', { navigation: 'reload' }, 'It was reloaded'],
] as const)('says of %s why the network answered', (_, facts, reason) => {
  const text = describeServed(document(facts), [record('/products/lamp')])
  expect(text).toContain('came from the network.\n')
  expect(text).toContain(reason)
})

it('looks for the page’s own shell before its route’s, below the base path', () => {
  const at = { url: 'http://localhost:3000/docs/products/lamp/', controller: 'http://localhost:3000/docs/sw.js' }
  const both = [record('/products/[slug]'), record('/products/lamp', true)]
  expect(describeServed(document(at), both)).toContain('The shell of /products/lamp is invalidated')
  expect(describeServed(document(at), both.slice(0, 1))).toContain('This browser has the shell of /products/[slug]')
})

it('names what is stored if the page is not, and counts what is too much to name', () => {
  expect(describeServed(document(), [])).toContain('no shell for /products/lamp: it has none at all.')
  expect(describeServed(document(), [record('/'), record('/about')])).toContain('it has /, /about.')
  const many = Array.from({ length: 11 }, (_, at) => record(`/p/${at}`))
  expect(describeServed(document(), many)).toMatch(/it has \/p\/0, .*\/p\/7 and 3 more\./)
})
