// Proves what never becomes a candidate. e2e proves that real builds give the right candidates.

import { rm } from 'node:fs/promises'

import { expect, it } from 'vitest'

import { collectCandidates, readShells } from './collect.ts'
import { appPage, contextOf, noSegments, prerender, shellFile } from '../test-context.ts'

const keysOf = async (...prerenders: object[]) => {
  const appPages = [appPage('/'), appPage('/p/[slug]'), appPage('/_not-found')]
  return (await collectCandidates(contextOf({ appPages, prerenders }))).map(({ key }) => key)
}

it('takes shell, state, status, headers and lifetime together', async () => {
  const filePath = await shellFile('<html>')
  const initialHeaders = { 'content-type': 'text/html', 'X-Many': ['a', 'b'] }
  const fallback = { filePath, initialHeaders, initialRevalidate: 900, initialExpiration: 3600 }
  const prerenders = [prerender('/p/a', '/p/[slug]', { fallback })]
  const [candidate] = await collectCandidates(contextOf({ appPages: [appPage('/p/[slug]')], prerenders }))
  expect(candidate).toMatchObject({
    key: '/p/a',
    route: '/p/[slug]',
    status: 200,
    headers: [
      ['content-type', 'text/html'],
      ['x-many', 'a'],
      ['x-many', 'b'],
    ],
    lifetime: { revalidate: 900, expire: 3600 },
    postponedState: 'state',
    resumeHeaders: [['next-resume', '1']],
  })
  const [shown] = await readShells(candidate ? [{ candidate }] : [], noSegments)
  expect(new TextDecoder().decode(shown?.shell)).toBe('<html>')
})

it.each([
  ['Next 16.2', 'Bingbot|Twitterbot'],
  ['later releases', '.*(?:Bingbot|Twitterbot).*'],
])('reads which bots get whole documents as %s writes it', async (_name, value) => {
  const fallback = { filePath: await shellFile('<html>') }
  const bypassFor = [
    { type: 'header', key: 'user-agent', value },
    { type: 'header', key: 'content-type', value: 'multipart/form-data;.*' },
    { type: 'cookie', key: '__prerender_bypass', value: 'secret' },
  ]
  const prerenders = [prerender('/p/a', '/p/[slug]', { fallback, config: { bypassFor } })]
  const [candidate] = await collectCandidates(contextOf({ appPages: [appPage('/p/[slug]')], prerenders }))
  expect(candidate?.bypassFor).toEqual([
    { header: 'user-agent', value: '.*(?:Bingbot|Twitterbot).*' },
    { header: 'content-type', value: 'multipart/form-data;.*' },
  ])
})

it.each([
  [true, {}],
  [false, { exposeTestingApiInProductionBuild: true }],
])('says whether Next will replace a fallback: %s', async (isUpgraded, experimental) => {
  const fallback = { filePath: await shellFile('<html>') }
  const prerenders = [prerender('/p/[slug]', '/p/[slug]', { fallback, config: { partialFallback: true } })]
  const context = contextOf({ appPages: [appPage('/p/[slug]')], prerenders, config: { experimental } })
  expect((await collectCandidates(context)).map((candidate) => candidate.isUpgraded)).toEqual([isUpgraded])
})

it('spells concrete paths in one way and leaves patterns as they are', async () => {
  const fallback = { filePath: await shellFile('<html>') }
  expect(
    await keysOf(prerender('/p/käse', '/p/[slug]', { fallback }), prerender('/p/[slug]', '/p/[slug]', { fallback })),
  ).toEqual(['/p/k%C3%A4se', '/p/[slug]'])
})

it.each(['/p/a%2Fb', '/p/a%5Cb', '/p/a%0Ab'])(
  'gives %s a row, though no shell can be looked up by it',
  async (path) => {
    expect(await keysOf(prerender(path, '/p/[slug]', { fallback: { filePath: await shellFile('<html>') } }))).toEqual([
      path,
    ])
  },
)

it.each([
  ['an empty shell by its response', { response: 'empty' }],
  ['an empty shell by its size', { htmlSize: 0 }],
  ['a page that is rendered for each request', { config: { renderingMode: 'STATIC' } }],
  ['a payload', { fallback: { initialHeaders: { 'content-type': 'text/x-component' } } }],
  ['a page without headers', { fallback: { initialHeaders: undefined } }],
  ['a file that is gone', { fallback: { filePath: '/nowhere/page.html' } }],
  ['no file', { fallback: { filePath: undefined } }],
  ['a route handler', { parentOutputId: '/api' }],
])('declines %s', async (_name, change: object) => {
  const own = 'fallback' in change && typeof change.fallback === 'object' ? change.fallback : {}
  const fallback = { filePath: await shellFile('<html>'), ...own }
  expect(await keysOf(prerender('/', '/', { ...change, fallback }))).toEqual([])
})

it('declines a file without a byte', async () => {
  expect(await keysOf(prerender('/', '/', { fallback: { filePath: await shellFile('') } }))).toEqual([])
})

it.each(['/_not-found', '/_global-error', '/feed/(.)photo', '/(..)photo', '/(...)photo/[id]'])(
  'declines %s',
  async (pathname) => {
    const filePath = await shellFile('<html>')
    expect(await keysOf(prerender(pathname, '/_not-found', { fallback: { filePath } }))).toEqual([])
  },
)

it('leaves out a page whose file has gone before it is read', async () => {
  const [kept, gone] = [await shellFile('<html>'), await shellFile('<html>')]
  const prerenders = [kept, gone].map((filePath, at) => prerender(`/p/${at}`, '/p/[slug]', { fallback: { filePath } }))
  const candidates = await collectCandidates(contextOf({ appPages: [appPage('/p/[slug]')], prerenders }))
  await rm(gone)
  const shown = await readShells(
    candidates.map((candidate) => ({ candidate })),
    noSegments,
  )
  expect(shown.map(({ candidate }) => candidate.key)).toEqual(['/p/0'])
})
