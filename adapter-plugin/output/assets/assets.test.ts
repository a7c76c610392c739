// Proves which files of a build a browser stores with its shells.

import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { assetsOf } from './assets.ts'
import { staticUrlsOf } from '../../build-context.ts'
import { hashesOf } from './hashes.ts'
import { lazyAssetsOf } from './lazy-assets.ts'
import { temporaryFolder } from '../../test-context.ts'

it('finds scripts, styles and fonts of this origin and nothing else', async () => {
  const dist = await temporaryFolder()
  const html = `<script src="//cdn.example/_next/static/chunks/d.js"></script><link rel="stylesheet" href="/_next/static/css/a.css?dpl=1&amp;x=2"/><script src="/_next/static/chunks/a.js" async=""></script>
    <link rel="preload" as="script" href="/_next/static/chunks/b.js"/><script noModule="" src="/_next/static/chunks/old.js"></script>
    <script src="https://cdn.example/_next/static/chunks/c.js"></script><link rel="icon" href="/_next/static/media/icon.svg"/>
    <link rel="preload" as="image" href="/_next/static/media/p.png"/><script>1</script><script src="/_next/static/chunks/a.js"></script>`
  await mkdir(join(dist, 'static', 'chunks'), { recursive: true })
  await mkdir(join(dist, 'static', 'css'))
  await writeFile(join(dist, 'static', 'chunks', 'p.js'), '')
  await writeFile(join(dist, 'static', 'css', 'p.css'), '')
  const payload = `1:"$Sreact.fragment"\n2:"/_next/static/chunks/p.js?dpl=1"\n:HL["/_next/static/css/p.css","style"]\n3:"https://x.example/_next/static/q.js"\n4:"/_next/static/media/r.png"\n5:"/_next/static/chunks/spoken-of.js"`
  const segments = new Map([['/_full', new TextEncoder().encode(payload)]])
  expect(assetsOf(new TextEncoder().encode(html), segments, { distDir: dist, staticUrls: ['/_next/static/'] })).toEqual(
    [
      '/_next/static/css/a.css?dpl=1&x=2',
      '/_next/static/chunks/a.js',
      '/_next/static/chunks/b.js',
      '/_next/static/chunks/p.js?dpl=1',
      '/_next/static/css/p.css',
    ],
  )
})

it.each([
  ['https://cdn.example/shop/_next/static/', 'https://cdn.example/shop'],
  ['//cdn.example/_next/static/', '//cdn.example/'],
  ['/assets/_next/static/', '/assets'],
])('finds them below %s', async (assetsUrl, assetPrefix) => {
  const staticUrls = staticUrlsOf({ assetPrefix, basePath: '/docs' })
  expect(staticUrls).toEqual([assetsUrl, '/docs/_next/static/'])
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static', 'css'), { recursive: true })
  await writeFile(
    join(distDir, 'static', 'css', 'a.css'),
    `@font-face { src: url(../media/f.woff2) url(${assetsUrl}g.ttf) }`,
  )
  const html = `<script src="/docs/_next/static/shell-cache/watch.js"></script><script src="/_next/static/not-ours.js"></script><script src="${assetsUrl}chunks/a.js?dpl=1"></script>`
  const segments = new Map([['/_full', new TextEncoder().encode(`2:"${assetsUrl}css/a.css?dpl=1"`)]])
  expect(assetsOf(new TextEncoder().encode(html), segments, { distDir, staticUrls })).toEqual([
    '/docs/_next/static/shell-cache/watch.js',
    `${assetsUrl}chunks/a.js?dpl=1`,
    `${assetsUrl}css/a.css?dpl=1`,
    `${assetsUrl}media/f.woff2?dpl=1`,
    `${assetsUrl}g.ttf?dpl=1`,
  ])
  await mkdir(join(distDir, 'static', 'chunks'))
  await writeFile(join(distDir, 'static', 'chunks', 'b.js'), '')
  const app = { distDir, staticUrls, deploymentId: undefined, known: new Set<string>(), limit: 9 }
  expect(await lazyAssetsOf(app)).toEqual([`${assetsUrl}chunks/b.js`])
})

it('finds what no shell refers to, the smallest first and as much as fits', async () => {
  const distDir = await temporaryFolder()
  const sizes = { 'a.js': 10, 'b.css': 30, 'c.js': 20, 'known.js': 1, 'old.js': 1, 'd.js.map': 1, 'pages/e.js': 5 }
  await mkdir(join(distDir, 'static', 'chunks', 'pages'), { recursive: true })
  for (const [name, size] of Object.entries(sizes)) {
    await writeFile(join(distDir, 'static', 'chunks', name), 'x'.repeat(size))
  }
  await writeFile(join(distDir, 'build-manifest.json'), '{"polyfillFiles":["static/chunks/old.js"]}')
  const chunks = '/docs/_next/static/chunks'
  const known = new Set([`${chunks}/known.js?dpl=7`])
  const app = { distDir, staticUrls: ['/docs/_next/static/'] as const, deploymentId: '7', known }
  expect(await lazyAssetsOf({ ...app, limit: 35 })).toEqual(
    ['pages/e.js', 'a.js', 'c.js'].map((name) => `${chunks}/${name}?dpl=7`),
  )
  expect(await lazyAssetsOf({ ...app, limit: 0 })).toEqual([])
})

it('finds nothing in a build without chunks', async () => {
  const app = {
    distDir: await temporaryFolder(),
    staticUrls: ['/_next/static/'] as const,
    deploymentId: undefined,
    known: new Set<string>(),
  }
  expect(await lazyAssetsOf({ ...app, limit: 100 })).toEqual([])
})

it('hashes what the build has written, by the URL that a browser asks for', async () => {
  const distDir = await temporaryFolder()
  await mkdir(join(distDir, 'static', 'chunks'), { recursive: true })
  await writeFile(join(distDir, 'static', 'chunks', 'a.js'), 'a')
  const place = { distDir, staticUrls: staticUrlsOf({ assetPrefix: 'https://cdn.example', basePath: '' }) }
  const url = 'https://cdn.example/_next/static/chunks/a.js?dpl=1'
  expect(await hashesOf([url, '/_next/static/chunks/none.js'], place)).toEqual({
    [url]: createHash('sha256').update('a').digest('base64url'),
  })
})
