// The package as a bundler, a type checker and npm see it: what it pulls in, what of it stays out of an app, whether its types hold in
// a strict project. dist.spec.ts has its names and sizes.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { build, parseAst } from 'vite'

import { filesBelow } from './build-app.ts'
import { expect, test } from './fixtures.ts'
import { appFolder, ROOT } from './paths.ts'

const run = promisify(execFile)

const PACKAGE = join(appFolder('shop'), 'node_modules', 'next-shell-cache')
type Manifest = {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>
  readonly peerDependencies: Readonly<Record<string, string>>
}
const manifest = (): Manifest => JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))

/** What a source imports, statically or by a literal. */
function importsOf(source: string, lang: 'js' | 'dts'): readonly string[] {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, source } = node as { type?: unknown; source?: { value?: unknown } | null }
    if (typeof type === 'string' && /^(Import|Export)/.test(type) && typeof source?.value === 'string')
      found.push(source.value)
    for (const child of Object.values(node)) walk(child)
  }
  walk(parseAst(source, { lang }))
  return found
}

test('needs nothing but Node, its peers and itself, in code and in types', async () => {
  const own = ['next-shell-cache', ...Object.keys(manifest().peerDependencies)]
  const isThere = (name: string): boolean =>
    name.startsWith('.') || isBuiltin(name) || own.some((known) => name === known || name.startsWith(`${known}/`))
  let imports = 0
  for (const [name, bytes] of await filesBelow(join(PACKAGE, 'dist'))) {
    const found = importsOf(bytes.toString(), name.endsWith('.d.ts') ? 'dts' : 'js')
    imports += found.length
    expect(
      found.filter((specifier) => !isThere(specifier)),
      name,
    ).toEqual([])
  }
  expect(imports).toBeGreaterThan(100)
})

test('takes less than 1.5 MB of a disk', async () => {
  const bytes = [...(await filesBelow(PACKAGE)).values()].reduce((total, { length }) => total + length, 0)
  console.log(`installed: ${bytes} B`)
  expect(bytes).toBeLessThan(1.5 * 1024 * 1024)
})

/** What an app's bundler makes of a module that says this, minified, with React and Next left out. */
async function bundle(name: string, code: string): Promise<string> {
  const entry = join(appFolder('shop'), `${name}.bundled.js`)
  await writeFile(entry, code)
  const lib = { entry, formats: ['es' as const] }
  const options = { lib, write: false, minify: true, rolldownOptions: { external: [/^react/, /^next\//, /^node:/] } }
  const built = await build({ configFile: false, logLevel: 'silent', build: options })
  const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  return chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
}

test.describe('in a bundle', () => {
  const WORKBOX = 'updateViaCache'
  const FILLING = 'useTransition'

  test('a hook comes without the worker’s registration and without what fills holes', async () => {
    const whole = await bundle('whole', "export { ShellCache, useShellCache } from 'next-shell-cache/react'")
    expect(whole).toContain(WORKBOX)
    expect(whole).toContain(FILLING)
    const hook = await bundle('hook', "export { useShellCache } from 'next-shell-cache/react'")
    expect(hook).toContain('useSyncExternalStore')
    expect(hook).not.toContain(WORKBOX)
    expect(hook).not.toMatch(/useTransition\(|useRouter\(/)
    console.log(`hook: ${hook.length} B of ${whole.length} B`)
    expect(hook.length).toBeLessThan(whole.length / 4)
  })

  test('the client comes without React', async () => {
    const client = await bundle('client', "export { registerShellCache } from 'next-shell-cache/client'")
    expect(client).toContain(WORKBOX)
    expect(client).not.toMatch(/react|next\//)
  })

  for (const entry of [
    'next-shell-cache',
    ...['adapter', 'client', 'react', 'sw', 'origin'].map((name) => `next-shell-cache/${name}`),
  ])
    test(`${entry} leaves nothing where nothing of it is used`, async () => {
      expect((await bundle(`unused-${entry.replace('/', '-')}`, `import '${entry}'`)).trim()).toBe('')
    })

  test('next-shell-cache/register stays: it does what it does by being imported', async () => {
    expect(await bundle('register', "import 'next-shell-cache/register'")).toContain('next-shell-cache.origin')
  })
})

/** What the compiler that an app has says of a strict project in it, but for what Next's own types have wrong. */
async function typeErrors(
  app: 'lowest' | 'shop',
  module: string,
  moduleResolution: string,
  code: string,
): Promise<string[]> {
  const folder = join(appFolder(app), `types-${moduleResolution}`)
  const compilerOptions = { ...STRICT, module, moduleResolution }
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'consumer.mts'), code)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }))
  const args = [join(compilerOf(app), 'bin', 'tsc'), '-p', folder, '--pretty', 'false']
  const said = await run(process.execPath, args, { cwd: appFolder(app) }).then(
    () => '',
    (failure: { stdout: string }) => failure.stdout,
  )
  return said.split('\n').filter((line) => line.includes('error TS') && !/^(\.\.\/)*node_modules\/next\//.test(line))
}

const STRICT = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  jsx: 'react-jsx',
  lib: ['esnext', 'dom', 'dom.iterable'],
  types: ['node', 'react'],
}

/** `lowest` is installed with a version of its own; the shop has the repository's. */
function compilerOf(app: 'lowest' | 'shop'): string {
  return join(app === 'shop' ? ROOT : appFolder(app), 'node_modules', 'typescript')
}

for (const [app, version] of [
  ['lowest', /^5\.9\./],
  ['shop', /^7\./],
] as const)
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ] as const)
    test(`has types that the TypeScript of ${app} takes in strict mode, resolved as ${moduleResolution}`, async () => {
      // The compiler reads all of Next's types.
      test.slow()
      const compiler = JSON.parse(readFileSync(join(compilerOf(app), 'package.json'), 'utf8'))
      expect(compiler.version).toMatch(version)
      const entries = Object.keys(manifest().exports).filter((path) => path !== './package.json')
      const right = entries.map((path, at) => `import * as entry${at} from 'next-shell-cache${path.slice(1)}'`)
      const wrong = `import { createShellCacheAdapter } from 'next-shell-cache/adapter'
createShellCacheAdapter({ maxShellBytes: 'many' })`
      const errors = await typeErrors(app, module, moduleResolution, [...right, wrong].join('\n'))
      expect(errors).toEqual([expect.stringMatching(/consumer\.mts\(\d+,\d+\): error TS2322: Type 'string'/)])
    })
