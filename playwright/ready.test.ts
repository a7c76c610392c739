// Proves the message for each reason why a page can have no worker. e2e tests which page has which (playwright-fixture.spec.ts).

import { expect, it } from 'vitest'

import { type Found, whyNotReady } from './ready.ts'

const TIMEOUT = 20_000
const found = (facts: Partial<Found>): Found => ({
  url: 'http://localhost:3000/products',
  hasServiceWorkers: true,
  controller: undefined,
  answer: undefined,
  scopes: [],
  ...facts,
})

it('names the origin that is not secure, before all else', () => {
  const facts = found({ url: 'http://192.168.0.7:3000/', hasServiceWorkers: false })
  expect(whyNotReady(facts, TIMEOUT)).toBe(
    '[shell-cache] Browsers have no service workers at http://192.168.0.7:3000, because it is not secure. Serve the app at http://localhost or by https.',
  )
})

it('names the worker that is another’s, and what is to be in its place', () => {
  const controller = 'http://localhost:3000/docs/worker.js'
  expect(whyNotReady(found({ controller, scopes: ['http://localhost:3000/docs'] }), TIMEOUT)).toContain(
    `After 20 s the worker that controls http://localhost:3000/products, ${controller}, has not answered as ours does. Serve the build's own /docs/worker.js there`,
  )
})

it('names the scopes of workers that do not control the page', () => {
  const scopes = ['http://localhost:3000/docs', 'http://localhost:3000/shop']
  expect(whyNotReady(found({ scopes }), TIMEOUT)).toContain(
    'After 20 s no worker controls /products, though http://localhost:3000 has one for http://localhost:3000/docs, http://localhost:3000/shop.',
  )
})

it('says what makes a worker if there is none', () => {
  const text = whyNotReady(found({}), TIMEOUT)
  expect(text).toContain('After 20 s http://localhost:3000 has no worker. Read what the build says')
  expect(text).toContain('`next dev`')
})
