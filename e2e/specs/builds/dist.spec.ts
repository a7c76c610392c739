// The published package: names, sizes, contents. Checks the built files, not the sources, because a bundler may drop code (h3 lost a
// guard that way).

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { build } from 'vite'

import { filesBelow } from '../../harness/builds/build-app.ts'
import { expect, expectHydrated, install, LOSS, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { appFolder, ROOT } from '../../harness/paths.ts'
import { startCustomServer } from '../../harness/servers/server.ts'

const PACKAGE = join(appFolder('shop'), 'node_modules', 'next-shell-cache')
const MOST_WORKER_BYTES = 25 * 1024
/** Loaded only by the inspector's page. */
const MOST_INSPECTOR_BYTES = 16 * 1024
const MOST_CLIENT_BYTES = 4 * 1024

test('ships a worker of at most 25 KB', () => {
  const bytes = gzipSync(readFileSync(join(PACKAGE, 'dist', 'worker-bundle', 'sw.js')), { level: 9 }).length
  console.log(`worker: ${bytes} B gzipped, ${MOST_WORKER_BYTES} B at the most`)
  expect(bytes).toBeLessThanOrEqual(MOST_WORKER_BYTES)
})

test('ships an inspector of at most 16 KB', () => {
  const bytes = gzipSync(readFileSync(join(PACKAGE, 'dist', 'worker-bundle', 'inspector.js')), { level: 9 }).length
  expect(bytes).toBeLessThanOrEqual(MOST_INSPECTOR_BYTES)
})

/** The size of these exports of the React entry in an app's bundle: minified, without React. */
async function sizeOf(names: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-size-'))
  try {
    const entry = join(folder, 'entry.js')
    await writeFile(entry, `export { ${names} } from ${JSON.stringify(join(PACKAGE, 'dist', 'window', 'react.js'))}`)
    const lib = { entry, formats: ['es' as const] }
    const options = { lib, write: false, minify: true, rolldownOptions: { external: [/^react/, /^next/] } }
    // The value that the adapter lets Next inline if every browser gets the worker.
    const define = { 'process.env.SHELL_CACHE_SHARES': '""' }
    const built = await build({ configFile: false, logLevel: 'silent', define, build: options })
    const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
    const code = chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
    return gzipSync(code, { level: 9 }).length
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('adds at most 4 KB to an app, and 1 KB for each notice that it shows', async () => {
  const bytes = await sizeOf('ShellCache, useShellCache')
  console.log(`client: ${bytes} B gzipped, ${MOST_CLIENT_BYTES} B at the most`)
  expect(bytes).toBeGreaterThan(500)
  expect(bytes).toBeLessThanOrEqual(MOST_CLIENT_BYTES)
  for (const notice of ['UpdateNotice', 'OfflineNotice']) {
    const added = (await sizeOf(`ShellCache, useShellCache, ${notice}`)) - bytes
    expect(added, notice).toBeGreaterThan(100)
    expect(added, notice).toBeLessThanOrEqual(1024)
  }
})

test('exports the names that the design promises', () => {
  // Each in its own process: the register entry changes the process that loads it.
  const namesOf = (entry: string): string[] => {
    const script = `import(${JSON.stringify(entry)}).then((module) => console.log(JSON.stringify(Object.keys(module))))`
    return JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: PACKAGE, encoding: 'utf8' }),
    )
  }
  expect(namesOf('next-shell-cache')).toEqual(['withShellCache'])
  expect(namesOf('next-shell-cache/adapter')).toEqual(['createShellCacheAdapter', 'default'])
  expect(namesOf('next-shell-cache/origin')).toEqual(['createOrigin'])
  expect(namesOf('next-shell-cache/register')).toEqual(['attachShellCache'])
  expect(namesOf('next-shell-cache/client')).toEqual(['registerShellCache'])
  expect(namesOf('next-shell-cache/react')).toEqual(['OfflineNotice', 'ShellCache', 'UpdateNotice', 'useShellCache'])
  expect(namesOf('next-shell-cache/sw')).toEqual(['installShellCache', 'installShellCacheRoutes'])
  expect(namesOf('next-shell-cache/playwright')).toEqual(['expect', 'shellCacheOf', 'test'])
})

test('keeps "use client" at the top of the React entry', () => {
  expect(readFileSync(join(PACKAGE, 'dist', 'window', 'react.js'), 'utf8')).toMatch(/^"use client"/)
})

test('publishes built files and types, no sources and no tests', async () => {
  const names = [...(await filesBelow(PACKAGE)).keys()]
  const unexpected = names.filter(
    (name) =>
      !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/THIRD-PARTY-NOTICES\.txt|dist\/.+\.(js|d\.ts))$/.test(
        name,
      ),
  )
  expect(unexpected).toEqual([])
  expect(names).toContain('LICENSE')
  expect(names).toContain('dist/types/client/react.d.ts')
  const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  expect(dependencies, 'whatever ships is bundled').toBeUndefined()
})

test('ships the licence of every package whose code is in it', async () => {
  const notices = readFileSync(join(PACKAGE, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8')
  const imported = new Set<string>()
  for (const folder of ['protocol', 'seal', 'origin', 'adapter-plugin', 'cli', 'playwright', 'client', 'sw'])
    for (const [name, bytes] of await filesBelow(join(ROOT, folder))) {
      if (!/\.tsx?$/.test(name) || /(^|\/)test-|\.test\./.test(name)) continue
      const imports = bytes
        .toString()
        .matchAll(/^(?:import (?!type\b)|export |\} ).*?from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?'/gm)
      for (const [, found = ''] of imports) imported.add(found)
    }
  // Each of Workbox's packages names itself in its code.
  for (const bytes of (await filesBelow(join(PACKAGE, 'dist'))).values())
    for (const [, found = ''] of bytes.toString().matchAll(/workbox:([a-z-]+):\d/g)) imported.add(`workbox-${found}`)
  const { peerDependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  const bundled = [...imported].filter((name) => !(name in peerDependencies) && name !== 'next-shell-cache')
  expect(bundled).toEqual(expect.arrayContaining(['idb', 'preact', 'valibot', 'web-vitals', 'workbox-core']))
  for (const name of bundled) {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'))
    expect(notices).toMatch(new RegExp(`^${name} ${version} \\(.+\\)\\n\\n[^]{300}`, 'm'))
  }
})

test('writes the kill switch by command', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-cli-'))
  try {
    const { bin } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(PACKAGE, bin['next-shell-cache']), 'uninstall', folder, ...args], {
        encoding: 'utf8',
      })
    expect(run().stderr).toContain('has no package.json. Nothing was written.')
    await writeFile(join(folder, 'package.json'), '{}')
    expect(run().stdout).toContain('Wrote ')
    const written = readFileSync(join(folder, 'public', 'sw.js'), 'utf8')
    expect(written).toBe(readFileSync(join(PACKAGE, 'dist', 'worker-bundle', 'sw-uninstall.js'), 'utf8'))
    expect(written, 'a worker without a fetch handler').not.toContain('fetch')
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('is there already') })
    expect(run('--force').status).toBe(0)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('answers resumes in a custom server', async ({ page, relay, expected }) => {
  expected.push(LOSS)
  await using custom = await startCustomServer(appFolder('shop-next'))
  relay.turnTo(custom.port)
  await install(page, relay)
  const before = pageRequests(relay).length
  expect((await visit(page, relay, '/products/tide-lamp')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /products/tide-lamp'])
  await expectHydrated(page)
})
