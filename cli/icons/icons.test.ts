// Proves what `next-shell-cache icons` writes, with the real generator, and that it writes nothing if something is wrong. e2e proves that
// Next links the files.

import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { temporaryFolder } from '../../adapter-plugin/test-context.ts'
import { icons } from './icons.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const LOGO = `<?xml version="1.0"?>
<!-- drawn by hand --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#0b5c63"/></svg>`

async function appWith(files: Readonly<Record<string, string>> = {}, hasGenerator = true): Promise<string> {
  const folder = await temporaryFolder()
  const all = { 'package.json': '{"name":"@acme/my-shop"}', 'app/page.tsx': '', 'logo.svg': LOGO, ...files }
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  await mkdir(join(folder, 'node_modules', '@vite-pwa'), { recursive: true })
  if (hasGenerator) {
    const generator = join('node_modules', '@vite-pwa', 'assets-generator')
    await symlink(join(ROOT, generator), join(folder, generator))
  }
  return folder
}

const draw = (folder: string, isForced = false, logo = 'logo.svg'): ReturnType<typeof icons> =>
  icons(join(folder, logo), folder, isForced)

/** Width and height from the header of a PNG. */
async function sizeOf(file: string): Promise<readonly number[]> {
  const png = await readFile(file)
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

it('draws each size, and writes the manifest that names them', async () => {
  const app = await appWith()
  // As the command is run: in a folder, with a path relative to it.
  const { text, passed } = await draw(relative('.', app))
  expect(passed, text).toBe(true)
  const sizes = {
    'public/icon-192.png': 192,
    'public/icon-512.png': 512,
    'public/icon-maskable.png': 512,
    'app/apple-icon.png': 180,
  }
  for (const [path, size] of Object.entries(sizes)) expect(await sizeOf(join(app, path)), path).toEqual([size, size])
  // The first picture of the ICO has one byte each for width and height.
  expect([...(await readFile(join(app, 'app/favicon.ico'))).subarray(0, 8)]).toEqual([0, 0, 1, 0, 1, 0, 48, 48])
  expect(await readFile(join(app, 'app/icon.svg'), 'utf8')).toBe(LOGO)
  const manifest = JSON.parse(await readFile(join(app, 'app/manifest.webmanifest'), 'utf8'))
  expect(manifest).toMatchObject({ name: 'My shop', display: 'standalone', start_url: '.' })
  for (const { src, sizes } of manifest.icons)
    expect((await sizeOf(join(app, 'public', src))).join('x'), src).toBe(sizes)
})

it('finds an app below src', async () => {
  const app = await appWith({ 'src/app/page.tsx': '' })
  await rm(join(app, 'app'), { recursive: true })
  expect((await draw(app)).passed).toBe(true)
  expect(existsSync(join(app, 'src/app/manifest.webmanifest'))).toBe(true)
  expect(existsSync(join(app, 'app'))).toBe(false)
})

it('takes a logo that is the app’s icon already', async () => {
  const app = await appWith({ 'app/icon.svg': LOGO })
  expect((await draw(app, false, 'app/icon.svg')).passed).toBe(true)
})

it('writes over nothing without --force', async () => {
  const app = await appWith({ 'app/favicon.ico': 'mine', 'public/icon-192.png': 'mine' })
  const { text, passed } = await draw(app)
  expect([passed, text]).toEqual([
    false,
    '[shell-cache] app/favicon.ico, public/icon-192.png are there already. Nothing was written. Use --force to overwrite.',
  ])
  expect(existsSync(join(app, 'app/icon.svg'))).toBe(false)
  expect(await readFile(join(app, 'app/favicon.ico'), 'utf8')).toBe('mine')
  expect((await draw(app, true)).passed).toBe(true)
  expect(await sizeOf(join(app, 'public/icon-192.png'))).toEqual([192, 192])
})

it.each([false, true])(
  'leaves a manifest of the app’s own, and says what it should have (--force: %s)',
  async (isForced) => {
    const app = await appWith({ 'app/manifest.ts': 'mine' })
    const { text, passed } = await draw(app, isForced)
    expect(passed).toBe(true)
    expect(text).toContain('app/manifest.ts was left as it is. It should have:\n\nicons: [')
    expect(await readFile(join(app, 'app/manifest.ts'), 'utf8')).toBe('mine')
    expect(existsSync(join(app, 'app/manifest.webmanifest'))).toBe(false)
  },
)

const PNG = Buffer.from('89504e470d0a1a0a', 'hex').toString('latin1')

it.each<[string, Readonly<Record<string, string>>, string, string]>([
  ['a file that is not there', {}, 'none.svg', 'none.svg cannot be read (ENOENT'],
  ['a folder', {}, 'app', 'cannot be read (EISDIR'],
  ['a PNG', { 'logo.png': PNG }, 'logo.png', 'logo.png is not an SVG. Nothing was written. Name an SVG file'],
  ['a PNG by another name', { 'png.svg': PNG }, 'png.svg', 'png.svg is not an SVG'],
  ['a page with an SVG in it', { 'page.svg': `<html>${LOGO}</html>` }, 'page.svg', 'is not an SVG'],
  ['an SVG that is cut', { 'cut.svg': LOGO.slice(0, -12) }, 'cut.svg', 'cut.svg cannot be drawn ('],
])('says in a sentence that it cannot take %s', async (_name, files, logo, said) => {
  const app = await appWith(files)
  const before = readdirSync(app, { recursive: true })
  const { text, passed } = await draw(app, true, logo)
  expect([passed, text.split('\n').length]).toEqual([false, 1])
  expect(text).toContain(said)
  expect(readdirSync(app, { recursive: true })).toEqual(before)
})

it('says what to install if the generator is not there', async () => {
  const app = await appWith({}, false)
  expect(await draw(app)).toEqual({
    passed: false,
    text: '[shell-cache] The package that draws icons is not installed. Nothing was written. Install it: `npm install --save-dev @vite-pwa/assets-generator`.',
  })
  expect(existsSync(join(app, 'public'))).toBe(false)
})

it('says that a folder is no app, or has no App Router', async () => {
  const folder = await temporaryFolder()
  expect((await icons('logo.svg', folder, false)).text).toContain('has no package.json')
  await writeFile(join(folder, 'package.json'), '{}')
  expect((await icons('logo.svg', folder, false)).text).toContain('has no folder `app`')
})
