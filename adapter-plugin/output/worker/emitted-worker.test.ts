// Proves which worker a build emits for which options, and which config the worker gets. The tests of sw/ and e2e prove what it does.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'

import { expect, it, vi } from 'vitest'

import { temporaryFolder } from '../../test-context.ts'
import { emitInto, SECRET } from '../test-emit.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: `content of ${name}\n` }),
}))

it('takes the worker that watches itself, which leaves the inspector’s page alone, if the option says so', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, undefined, { inspector: true })
  const folder = join(dist, 'static', 'shell-cache')
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['inspector.1.js', 'inspector.html']))
  runInThisContext(await readFile(join(folder, 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({ bundle: 'sw-inspected.js', inspector: true })
  expect(Reflect.get(globalThis, 'baked').routes).toContainEqual({ pattern: '/_shell-cache/[[...off]]', mode: 'off' })
})

it('takes the worker that keeps copies, of routes that nothing stands before alone, if the option says so', async () => {
  const said = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const dist = await temporaryFolder()
  const offlineCopies = ['/p/**', '/about', '/none']
  await emitInto(dist, undefined, { offlineCopies, routes: { '/about': 'gated' } })
  runInThisContext(await readFile(join(dist, 'static', 'shell-cache', 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({ bundle: 'sw-copying.js', offlineCopies: ['/p/[slug]'] })
  for (const name of ['/about', '/none'])
    expect(String(said.mock.calls)).toContain(`names ${name}, which is not a route`)
  said.mockRestore()
})

it('takes the worker that learns shells if nothing of ours answers', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, undefined, { transport: 'prefix' })
  runInThisContext(await readFile(join(dist, 'static', 'shell-cache', 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({ bundle: 'sw-copying.js', transport: 'prefix' })
})

it.each([
  [true, '<script>content of run-scripts</script>'],
  [false, ''],
])(
  'has the worker send the script that runs a page’s scripts in WebKit, if pages start early: %s',
  async (earlyStart, runTag) => {
    const dist = await temporaryFolder()
    await emitInto(dist, undefined, { earlyStart })
    runInThisContext(await readFile(join(dist, 'static', 'shell-cache', 'sw.js'), 'utf8'))
    expect(Reflect.get(globalThis, 'baked')).toMatchObject({ earlyStart, runTag })
  },
)

it('publishes the script that shows holes of before, and has browsers keep it, only if the option says so', async () => {
  for (const staleHoles of [true, false]) {
    const dist = await temporaryFolder()
    await emitInto(dist, undefined, { offlineCopies: ['/p/[slug]'], staleHoles })
    const folder = join(dist, 'static', 'shell-cache')
    const names = await readdir(folder)
    expect(names.includes('stale-holes.1.js')).toBe(staleHoles)
    const staleUrl = staleHoles ? '/_next/static/shell-cache/stale-holes.1.js' : ''
    runInThisContext(await readFile(join(folder, 'sw.js'), 'utf8'))
    expect(Reflect.get(globalThis, 'baked')).toMatchObject({ staleUrl })
    const manifest = names.find((name) => name.startsWith('manifest.')) ?? ''
    const { assets } = JSON.parse(await readFile(join(folder, manifest), 'utf8'))
    expect(assets.includes('/_next/static/shell-cache/stale-holes.1.js')).toBe(staleHoles)
  }
})

it('publishes raw states, and the worker that sends them, only if both options say so', async () => {
  const dist = await temporaryFolder()
  const options = { transport: 'next-resume', postponedState: 'raw', routes: { '/p/a': 'gated' } }
  await emitInto(dist, undefined, options)
  const folder = join(dist, 'static', 'shell-cache')
  const contents = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')))
  expect(contents.filter((content) => content.includes(SECRET))).toHaveLength(2)
  runInThisContext(await readFile(join(folder, 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({ bundle: 'sw.js', transport: 'next-resume' })
  expect(Reflect.get(globalThis, 'baked').routes).toContainEqual({ pattern: '/p/a', mode: 'off' })
})

it.each([
  [undefined, 1024 * 1024],
  ['2mb', 2 * 1024 * 1024],
  ['1.5 kb', 1536],
  [5000, 5000],
  ['many', 1024 * 1024],
])('lets the origin take actions of %s if the option is on', async (bodySizeLimit, expected) => {
  const dist = await temporaryFolder()
  const config = { experimental: { serverActions: { bodySizeLimit } } }
  await emitInto(dist, undefined, { actions: true }, config)
  const written = JSON.parse(await readFile(join(dist, 'server', 'shell-cache', 'origin.json'), 'utf8'))
  expect(written.actionBytes).toBe(expected)
  runInThisContext(await readFile(join(dist, 'static', 'shell-cache', 'sw.js'), 'utf8'))
  expect(Reflect.get(globalThis, 'baked')).toMatchObject({ bundle: 'sw.js', actions: true })
})
