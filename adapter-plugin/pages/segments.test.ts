// Proves which of Next's outputs are sent with a record: all of a page's segments or none, and the script that starts its shell only if
// everything that it depends on exists.

import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { toUtf8 } from '../../protocol/utf8.ts'
import type { Served } from './classify.ts'
import type { WithShell } from './collect.ts'
import { findSegments, readSegments } from './segments.ts'
import { bootScriptsOf } from './offline/bootstrap-script.ts'
import { contextOf, prerender, shellFile, temporaryFolder } from '../test-context.ts'

const page = (
  change: object = {},
  { mode = 'instant', isIntercepted = false, shell = '<p>shell' } = {},
): WithShell<Served> =>
  ({
    candidate: { key: '/', pathname: '/', route: '/', postponedState: 'state', ...change },
    mode,
    isIntercepted,
    shell: toUtf8(shell),
  }) as never

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

it('reads all of a page’s segments, or none if one has gone', async () => {
  const { files, tree } = await filesOf()
  expect([...(await readSegments(page(), files)).keys()]).toEqual(['/_tree', '/_full'])
  await rm(tree)
  expect((await readSegments(page(), files)).size).toBe(0)
})

it('leaves out all of a page that a guard stands before, and the router’s of one that a route can intercept', async () => {
  const { files } = await filesOf()
  expect((await readSegments(page({}, { mode: 'gated' }), files)).size).toBe(0)
  expect([...(await readSegments(page({}, { isIntercepted: true }), files)).keys()]).toEqual(['/_full'])
})

const FULL = new Map([['/_full', toUtf8('0:{"c":["",""],"q":"","t":{}}\n')]])
const MANIFEST = {
  rootMainFiles: ['static/chunks/main.js'],
  pagesChunkGroupBootstrapParams: { '/(shop)/page': { otherChunks: ['a.js'] } },
  chunkLoadingGlobal: 'TURBOPACK',
}

/** The start of Next's scripts: of Turbopack and Webpack builds that start by themselves, and of 16.4.4, which waits for the holes. */
const TURBOPACK =
  '(globalThis.TURBOPACK||(globalThis.TURBOPACK=[])).push(["object"==typeof document?document.currentScript:void 0,{otherChunks:[],runtimeModuleIds:[1]}]),(()=>{document.body})()'
const WEBPACK =
  '(self.webpackChunk_N_E=self.webpackChunk_N_E||[]).push([[358],{1:()=>{}},e=>{e.O(0,[441],()=>e(1)),_N_E=e.O()}])'
const WAITING = 'if(!Array.isArray(globalThis.TURBOPACK))throw 1;document.body'

async function bootScriptOf(manifest: object, { script = WAITING, given = page(), segments = FULL } = {}) {
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static', 'chunks'), { recursive: true })
  await writeFile(join(distDir, 'static', 'chunks', 'main.js'), script)
  await writeFile(join(distDir, 'build-manifest.json'), JSON.stringify(manifest))
  const filePath = join(distDir, 'server', 'app', '(shop)', 'page.js')
  const context = contextOf({ distDir, appPages: [{ id: '/', pathname: '/', filePath, runtime: 'nodejs' }] })
  return (await bootScriptsOf(context, '/start.js'))(given, segments)
}

it('starts a page with the bootstrap of its own file', async () => {
  expect(await bootScriptOf(MANIFEST)).toBe(
    ' src="/start.js" data-bootstrap="{&quot;global&quot;:&quot;TURBOPACK&quot;,&quot;params&quot;:{&quot;otherChunks&quot;:[&quot;a.js&quot;]}}"',
  )
})

it.each([
  ['Turbopack up to 16.3', TURBOPACK],
  ['Webpack', WEBPACK],
])('leaves the start to a shell that starts by itself: %s', async (_name, script) => {
  expect(await bootScriptOf({ rootMainFiles: MANIFEST.rootMainFiles }, { script })).toBe(' src="/start.js"')
})

it('leaves the start to a shell that brings its bootstrap along: Turbopack of 16.4.0 to 16.4.3', async () => {
  const shell = `<p>shell<script id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["a.js"]});</script>`
  expect(await bootScriptOf(MANIFEST, { given: page({}, { shell }) })).toBe(' src="/start.js"')
})

it('starts nothing if a part of what it rests on is missing', async () => {
  expect(await bootScriptOf({ ...MANIFEST, chunkLoadingGlobal: undefined })).toBeUndefined()
  expect(await bootScriptOf({ ...MANIFEST, pagesChunkGroupBootstrapParams: {} })).toBeUndefined()
  expect(await bootScriptOf({ rootMainFiles: [] })).toBeUndefined()
  expect(await bootScriptOf({ rootMainFiles: MANIFEST.rootMainFiles }, { script: 'throw 1' })).toBeUndefined()
  expect(await bootScriptOf(MANIFEST, { segments: new Map() })).toBeUndefined()
  expect(await bootScriptOf(MANIFEST, { segments: new Map([['/_full', toUtf8('another form')]]) })).toBeUndefined()
  expect(await bootScriptOf(MANIFEST, { given: page({ postponedState: undefined }) })).toBeUndefined()
})
