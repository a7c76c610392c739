// The package from the view of a bundler, a type checker and npm: its imports, what stays out of an app's bundle, whether its types work
// in a strict project. dist.spec.ts has its names and sizes.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { build, parseAst } from 'vite'

import { filesBelow } from '../../harness/builds/build-app.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { peerRange } from '../../harness/builds/peer-range.ts'
import { appFolder, releaseFolder, ROOT } from '../../harness/paths.ts'

const run = promisify(execFile)

const PACKAGE = join(appFolder('shop'), 'node_modules', 'next-shell-cache')
type Manifest = {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
  readonly sideEffects: readonly string[]
  readonly peerDependencies: Readonly<Record<string, string>>
}
const MANIFEST: Manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
/** Everything that can be imported, by name, and whether the import alone has an effect. */
const ENTRIES = Object.entries(MANIFEST.exports).flatMap(([path, target]) =>
  typeof target === 'string'
    ? []
    : [{ name: `next-shell-cache${path.slice(1)}`, isEffect: MANIFEST.sideEffects.includes(target.default) }],
)

/** The imports of a source: static ones, and dynamic ones with a literal. */
function importsOf(text: string, lang: 'js' | 'dts'): readonly string[] {
  const found: string[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { type, source } = node as { type?: unknown; source?: { value?: unknown } | null }
    if (typeof type === 'string' && /^(Import|Export)/.test(type) && typeof source?.value === 'string')
      found.push(source.value)
    for (const child of Object.values(node)) walk(child)
  }
  walk(parseAst(text, { lang }))
  return found
}

test('needs nothing but Node, its peers and itself, in code and in types', async () => {
  const own = ['next-shell-cache', ...Object.keys(MANIFEST.peerDependencies)]
  const isThere = (name: string): boolean =>
    name.startsWith('.') || isBuiltin(name) || own.some((known) => name === known || name.startsWith(`${known}/`))
  let imports = 0
  const code = [...(await filesBelow(join(PACKAGE, 'dist')))].filter(([name]) => !name.endsWith('.txt'))
  for (const [name, bytes] of code) {
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

/** The minified bundle that an app's bundler makes of this module, without anything that is not ours. */
async function bundle(name: string, code: string): Promise<string> {
  const entry = join(appFolder('shop'), `${name}.bundled.js`)
  await writeFile(entry, code)
  const lib = { entry, formats: ['es' as const] }
  const external = (id: string): boolean => /^[^./]/.test(id) && !id.startsWith('next-shell-cache')
  const options = { lib, write: false, minify: true, rolldownOptions: { external } }
  const built = await build({ configFile: false, logLevel: 'silent', build: options })
  const chunks = [built].flat().flatMap((result) => ('output' in result ? result.output : []))
  return chunks.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('')
}

test.describe('in a bundle', () => {
  const REGISTRATION = 'updateViaCache'
  const FILLING = 'useTransition'

  test('a hook comes without the worker’s registration and without what fills holes', async () => {
    const whole = await bundle('whole', "export { ShellCache, useShellCache } from 'next-shell-cache/react'")
    expect(whole).toContain(REGISTRATION)
    expect(whole).toContain(FILLING)
    const hook = await bundle('hook', "export { useShellCache } from 'next-shell-cache/react'")
    expect(hook).toContain('useSyncExternalStore')
    expect(hook).not.toContain(REGISTRATION)
    expect(hook).not.toMatch(/useTransition\(|useRouter\(/)
    console.log(`hook: ${hook.length} B of ${whole.length} B`)
    expect(hook.length).toBeLessThan(whole.length / 4)
  })

  test('the client comes without React', async () => {
    const client = await bundle('client', "export { registerShellCache } from 'next-shell-cache/client'")
    expect(client).toContain(REGISTRATION)
    expect(client).not.toMatch(/react|next\//)
  })

  for (const { name, isEffect } of ENTRIES)
    test(`${name} ${isEffect ? 'stays' : 'leaves nothing'} if nothing of it is used`, async () => {
      const left = (await bundle(`unused-${name.replace('/', '-')}`, `import '${name}'`)).trim()
      if (isEffect) expect(left.length).toBeGreaterThan(1000)
      else expect(left).toBe('')
    })
})

/** The errors of the app's compiler for a strict project in it, without those in Next's own types. */
async function typeErrors(
  app: 'lowest' | 'shop',
  module: string,
  moduleResolution: string,
  code: string,
  lib: readonly string[] = ['esnext', 'dom', 'dom.iterable'],
): Promise<string[]> {
  const folder = join(appFolder(app), `types-${moduleResolution}-${lib.at(-1)}`)
  const compilerOptions = { ...STRICT, lib, module, moduleResolution }
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
  types: ['node', 'react'],
}

/** The lowest Next is installed with its own version of TypeScript; the shop uses the repository's. */
function compilerOf(app: 'lowest' | 'shop'): string {
  return join(app === 'shop' ? ROOT : releaseFolder(peerRange().lowest), 'node_modules', 'typescript')
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
      const forWorkers = 'next-shell-cache/sw'
      const others = ENTRIES.map(({ name }) => name).filter((name) => name !== forWorkers)
      const right = others.map((name, at) => `import * as entry${at} from '${name}'`)
      const wrong = `import { createShellCacheAdapter } from 'next-shell-cache/adapter'
createShellCacheAdapter({ maxShellBytes: 'many' })`
      const errors = await typeErrors(app, module, moduleResolution, [...right, wrong].join('\n'))
      expect(errors).toEqual([expect.stringMatching(/consumer\.mts\(\d+,\d+\): error TS2322: Type 'string'/)])
      // A page and a worker cannot be one strict project: TypeScript's own libraries for the two conflict.
      const worker = `import { installShellCacheRoutes } from '${forWorkers}'\ninstallShellCacheRoutes().at(0)?.method.nothing`
      expect(await typeErrors(app, module, moduleResolution, worker, ['esnext', 'webworker'])).toEqual([
        expect.stringMatching(/consumer\.mts\(\d+,\d+\): error TS2339: Property 'nothing'/),
      ])
    })
