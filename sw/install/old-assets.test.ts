// Proves how long the assets of an old build stay. e2e shows that a page then loads late code from them.

import { beforeEach, expect, it, vi } from 'vitest'

import { FORMER, namesOf } from '../../protocol/app-names.ts'
import { MemoryCaches } from '../util/test-worker.ts'
import { assetCacheName } from './assets.ts'
import { deleteDesertedAssets } from './old-assets.ts'

let caches: MemoryCaches
let open: string[]
let registration: { scope: string; installing: object | null; waiting: object | null }
const tidy = (buildId = 'new') =>
  deleteDesertedAssets({ registration, clients: { matchAll: async () => open.map(toClient) } }, buildId)
const toClient = (id: string) => ({
  id,
  url: `${id.startsWith('other') ? 'https://shop.test' : registration.scope}/page`,
})

beforeEach(async () => {
  caches = new MemoryCaches()
  vi.stubGlobal('caches', caches)
  open = []
  registration = { scope: 'https://shop.test/docs', installing: null, waiting: null }
  for (const name of [assetCacheName('old'), assetCacheName('new'), 'of-the-app']) {
    await (await caches.open(name)).put('/a.js', new Response('a'))
  }
})

const left = () => caches.keys()

it('leaves the caches of another app on its origin, and asks nothing of its pages', async () => {
  const other = namesOf('/').assets
  await caches.open(`${other}old`)
  open = ['other page']
  await tidy()
  expect(await left()).toEqual([assetCacheName('new'), 'of-the-app', `${other}old`])
})

it('deletes what all apps of the origin shared before', async () => {
  await caches.open(`${FORMER.assets}old`)
  await tidy()
  expect(await left()).toEqual([assetCacheName('new'), 'of-the-app'])
})

it('deletes what no page needs, and nothing of the app or of its own build', async () => {
  await tidy()
  expect(await left()).toEqual([assetCacheName('new'), 'of-the-app'])
})

it('keeps the assets of the old build until the pages that were open are closed', async () => {
  open = ['page 1', 'page 2']
  await tidy()
  open = ['page 2', 'page 3']
  await tidy()
  expect(await left()).toContain(assetCacheName('old'))
  open = ['page 3']
  await tidy()
  expect(await left()).not.toContain(assetCacheName('old'))
})

it.each(['installing', 'waiting'] as const)('touches nothing while a newer worker is %s', async (state) => {
  registration[state] = {}
  await tidy('old')
  expect(await left()).toContain(assetCacheName('new'))
})

it('asks anew which pages are open when a build comes back and goes again', async () => {
  open = ['page 1']
  await tidy('new')
  open = ['page 1', 'page 2']
  await tidy('old')
  open = ['page 2']
  await tidy('new')
  expect(await left()).toContain(assetCacheName('old'))
})
