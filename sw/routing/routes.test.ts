// Proves that no fault in the worker reaches a page (F43), and that requests that are not ours are let through.

import 'fake-indexeddb/auto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { Router } from './routes.ts'
import { asItCame, expectReload, pageForReload } from '../response/reloads.ts'
import { createRouter } from './routes.ts'
import { PLAIN } from '../transport/plain.ts'
import { assetCacheName } from '../install/assets.ts'
import { workerConfig } from '../util/test-worker.ts'

const ORIGIN = 'https://shop.test'
let network = ''

beforeEach(() => {
  network = 'network'
  vi.stubGlobal('location', new URL(`${ORIGIN}/sw.js`))
  vi.stubGlobal('fetch', async () => new Response(network))
})
afterEach(() => vi.unstubAllGlobals())

/** The parts of a fetch event that are used. Node cannot make navigation requests. */
function eventOf(request: object): Parameters<Router>[0] {
  const visit = { method: 'GET', mode: 'navigate', destination: 'document', cache: 'default', referrer: '' }
  return { request: { ...visit, headers: new Headers(), ...request } } as never
}
const routes = [
  { pattern: '/', mode: 'instant' },
  { pattern: '/api/export', mode: 'off' },
] as const
const route: Router = (event) => createRouter(workerConfig({ routes }), {})(event)

it('takes the network’s answer if there is no record', async () => {
  expect(await (await route(eventOf({ url: `${ORIGIN}/` }))?.())?.text()).toBe('network')
})

it('takes the network’s answer if the worker fails before it', async () => {
  vi.stubGlobal('indexedDB', undefined)
  vi.stubGlobal('caches', undefined)
  expect(await (await route(eventOf({ url: `${ORIGIN}/` }))?.())?.text()).toBe('network')
  const script = eventOf({ url: `${ORIGIN}/_next/static/a.js`, mode: 'no-cors', destination: 'script' })
  expect(await (await route(script)?.())?.text()).toBe('network')
})

it('answers for the scripts of the build, on whichever origin they lie', async () => {
  const asset = new Response('stored')
  vi.stubGlobal('caches', { keys: async () => [assetCacheName('build')], match: async () => asset })
  const elsewhere = createRouter(
    workerConfig({ routes, staticUrls: ['https://cdn.test/shop/_next/static/', '/_next/static/'] }),
    {},
  )
  const script = { url: 'https://cdn.test/shop/_next/static/a.js', mode: 'no-cors', destination: 'script' }
  expect(await elsewhere(eventOf(script))?.()).toBe(asset)
  expect(await elsewhere(eventOf({ ...script, url: `${ORIGIN}/_next/static/shell-cache/watch.js` }))?.()).toBe(asset)
  expect(elsewhere(eventOf({ ...script, url: 'https://cdn.test/others.js' }))).toBeUndefined()
})

it('lets a navigation through after the server has asked for a password, whatever URL it is for', async () => {
  const headers = { 'www-authenticate': 'Basic' }
  vi.stubGlobal('fetch', async () => new Response('Sign in', { status: 401, headers }))
  const fetchPage = (request: Request): Promise<Response> => fetch(request)
  const takesAll = createRouter(workerConfig({ routes }), {
    takesAllNavigations: true,
    network: { ...PLAIN, fetchPage },
  })
  for (const url of [`${ORIGIN}/`, `${ORIGIN}/unknown`, `${ORIGIN}/api/export`, `${ORIGIN}/prices.pdf`]) {
    const answer = await takesAll(eventOf({ url }))?.()
    expect([answer?.status, answer?.headers.get('location')], url).toEqual([307, url])
    expect(takesAll(eventOf({ url })), url).toBeUndefined()
    expect(takesAll(eventOf({ url })), url).toBeDefined()
  }
})

it.each([
  ['/logout', undefined],
  ['/api/auth/sign-out?from=a', undefined],
  ['/blog', 'kept'],
])('gives the next visitor no page that was kept for a reload: after %s it is %s', async (path, given) => {
  expectReload(`${ORIGIN}/`, asItCame(new Response('kept')))
  expect(route(eventOf({ url: ORIGIN + path, mode: 'cors', destination: '' }))).toBeUndefined()
  expect(await pageForReload(`${ORIGIN}/`, true)?.page.text()).toBe(given)
})

it.each<[string, object]>([
  ['a request that it cannot read', { url: 'no url' }],
  ['a request that throws', Object.defineProperty({}, 'url', { get: () => expect.fail() })],
  ['another origin’s page', { url: 'https://other.test/' }],
  ['another origin’s script', { url: 'https://other.test/_next/static/a.js', mode: 'no-cors', destination: 'script' }],
  ['a file', { url: `${ORIGIN}/prices.pdf` }],
  ['a route handler', { url: `${ORIGIN}/api/export` }],
  ['a probe of the router', { url: `${ORIGIN}/`, method: 'HEAD', mode: 'cors', destination: '' }],
  ...(['worker', 'sharedworker', 'audioworklet', 'paintworklet', ''] as const).map((destination): [string, object] => [
    `a script of the build as “${destination}”`,
    { url: `${ORIGIN}/_next/static/a.js#params=1`, mode: 'same-origin', destination },
  ]),
  ['an image', { url: `${ORIGIN}/_next/static/a.png`, mode: 'no-cors', destination: 'image' }],
])('lets %s through', (_name, request) => {
  expect(route(eventOf(request))).toBeUndefined()
})

it.each([
  ['of this origin', `${ORIGIN}/cart`, 'everything'],
  ['of no one knows which site', '', 'everything'],
  ['of another site', 'https://other.test/', 'nothing'],
  ['of another site that begins like this one', `${ORIGIN}.other.test/`, 'nothing'],
])('doubts for a form without a script %s', async (_name, referrer, doubted) => {
  const work: Promise<unknown>[] = []
  const event = eventOf({ url: `${ORIGIN}/`, method: 'POST', referrer })
  Object.assign(event, { waitUntil: (promise: Promise<unknown>) => work.push(promise) })
  expect(route(event), 'its answer is the network’s').toBeUndefined()
  await Promise.all(work)
  expect(work).toHaveLength(doubted === 'everything' ? 1 : 0)
})
