// Proves which of Next's outputs travel with a record: all of a page's segments or none, and what starts its shell only where
// everything that this rests on is there.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { Served } from './classify.ts'
import { findSegments, readSegments } from './segments.ts'
import { startersOf } from './starter.ts'
import { contextOf, prerender, shellFile, temporaryFolder } from '../test-context.ts'

const page = (change: object = {}, headers: Served['headers'] = [], mode = 'instant'): Served =>
  ({ candidate: { pathname: '/', route: '/', postponedState: 'state', ...change }, headers, mode }) as never

async function filesOf(basePath = '') {
  const [tree, full, other] = [await shellFile('tree'), await shellFile('full'), await shellFile('other')]
  const output = (pathname: string, filePath: string) => prerender(basePath + pathname, '/', { fallback: { filePath } })
  const prerenders = [
    output('/index.segments/_tree.segment.rsc', tree),
    output('/index.segments/_full.segment.rsc', full),
    output('/about.segments/(shop)/about/__PAGE__.segment.rsc', other),
    output('/left-out.segments/_tree.segment.rsc', other),
    output('/about.rsc', other),
  ]
  const context = contextOf({ prerenders, config: { basePath } })
  return { tree, files: findSegments(context, new Set(['/', '/about'])) }
}

it.each(['', '/docs'])('finds the segments of each page by Next’s own names, below %j', async (basePath) => {
  const { files } = await filesOf(basePath)
  const names = [...files].map(([pathname, segments]) => [pathname, [...segments.keys()]])
  expect(names).toEqual([
    ['/', ['/_tree', '/_full']],
    ['/about', ['/(shop)/about/__PAGE__']],
  ])
})

it('reads all of a page’s segments, or none where one has gone', async () => {
  const { files, tree } = await filesOf()
  expect([...(await readSegments(page(), files)).keys()]).toEqual(['/_tree', '/_full'])
  await rm(tree)
  expect((await readSegments(page(), files)).size).toBe(0)
})

it('leaves out all of a page that a route can intercept, or that a guard stands before', async () => {
  const { files } = await filesOf()
  expect((await readSegments(page({}, [], 'gated'), files)).size).toBe(0)
  expect((await readSegments(page({}, [['vary', 'rsc, next-url']]), files)).size).toBe(0)
})

const FULL = new Map([['/_full', new Uint8Array(1)]])
const MANIFEST = {
  rootMainFiles: ['static/chunks/main.js'],
  pagesChunkGroupBootstrapParams: { '/(shop)/page': { otherChunks: ['a.js'] } },
  chunkLoadingGlobal: 'TURBOPACK',
}

async function starterOf(
  manifest: object,
  { script = 'self.__NEXT_CLIENT_RESUME', given = page(), segments = FULL } = {},
) {
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static', 'chunks'), { recursive: true })
  await writeFile(join(distDir, 'static', 'chunks', 'main.js'), script)
  await writeFile(join(distDir, 'build-manifest.json'), JSON.stringify(manifest))
  const filePath = join(distDir, 'server', 'app', '(shop)', 'page.js')
  const context = contextOf({ distDir, appPages: [{ id: '/', pathname: '/', filePath, runtime: 'nodejs' }] })
  return (await startersOf(context, '/start.js'))(given, segments)
}

it('starts a page with the bootstrap of its own file', async () => {
  expect(await starterOf(MANIFEST)).toBe(
    ' src="/start.js" data-bootstrap="{&quot;global&quot;:&quot;TURBOPACK&quot;,&quot;params&quot;:{&quot;otherChunks&quot;:[&quot;a.js&quot;]}}"',
  )
})

it('starts nothing where a part of what it rests on is missing', async () => {
  expect(await starterOf({ ...MANIFEST, chunkLoadingGlobal: undefined })).toBeUndefined()
  expect(await starterOf({ ...MANIFEST, pagesChunkGroupBootstrapParams: {} })).toBeUndefined()
  expect(await starterOf({ ...MANIFEST, rootMainFiles: [] })).toBeUndefined()
  expect(await starterOf(MANIFEST, { script: 'another release of Next' })).toBeUndefined()
  expect(await starterOf(MANIFEST, { segments: new Map() })).toBeUndefined()
  expect(await starterOf(MANIFEST, { given: page({ postponedState: undefined }) })).toBeUndefined()
})
