// Proves what the dictionary of a build contains: one public page with holes for each route, in the form of a document, with each piece
// of text once. Also proves that a build has no dictionary if nothing is compressed with it.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import type { WholeRecord } from '../../protocol/record/record.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { resumingRecord, staticRecord } from '../../sw/util/test-worker.ts'
import { temporaryFolder } from '../test-context.ts'
import { dictionaryOf } from './dictionary.ts'
import { emitInto, SECRET } from './test-emit.ts'

// These are built files. A unit test must not depend on a build.
vi.mock(import('../browser-scripts.ts'), async (original) => ({
  ...(await original()),
  readPageScript: (name) => Promise.resolve({ name: `${name}.1.js`, content: '' }),
}))

const page = (key: string, route: string, html: string, payload?: string | Uint8Array<ArrayBuffer>): WholeRecord => ({
  record: { ...resumingRecord(key), route, shell: toUtf8(html) },
  segments: new Map(payload === undefined ? [] : [['/_full', typeof payload === 'string' ? toUtf8(payload) : payload]]),
})
const textOf = (...pages: readonly WholeRecord[]): string => fromUtf8(dictionaryOf(pages) ?? new Uint8Array())

it('is none where no page has holes', () => {
  expect(dictionaryOf([])).toBeUndefined()
  expect(dictionaryOf([{ record: staticRecord('/about'), segments: new Map() }])).toBeUndefined()
})

it('has the payload as a document has it', () => {
  expect(textOf(page('/', '/', '<html>', '0:["a<b"]\n'))).toBe(String.raw`<html>0:[\"a\u003cb\"]\n`)
})

it('has one page of each route, and a concrete one where there is one', () => {
  const pages = [
    page('/p/[slug]', '/p/[slug]', '<p>fallback'),
    page('/p/a', '/p/[slug]', '<p>first'),
    page('/p/b', '/p/[slug]', '<p>second'),
    page('/q/[slug]', '/q/[slug]', '<p>alone'),
  ]
  expect(textOf(...pages)).toBe('<p>first<p>alone')
})

it('has what two pages have in common once, and what is short as often as it is there', () => {
  const header = `<header class="as long as it has to be">`
  const pages = [page('/', '/', `${header}<b>one</b>`), page('/b', '/b', `${header}<b>two</b>`)]
  expect(textOf(...pages)).toBe(`${header}<b>one</b><b>two</b>`)
})

it('leaves out what would make it too large, and what is no text', () => {
  const large = page('/large', '/large', 'x'.repeat(70_000))
  const bytes = page('/bytes', '/bytes', '<p>shell', new Uint8Array([0xff, 0xfe]))
  expect(textOf(large, bytes)).toBe('<p>shell')
})

it('is made of public shells alone, for browsers and the origin, and of no state', async () => {
  const dist = await temporaryFolder()
  await emitInto(dist, undefined, { routes: { '/': 'gated' } })
  const [inPublic, atOrigin] = await Promise.all(['static', 'server'].map((place) => dictionariesIn(join(dist, place))))
  expect(inPublic).toHaveLength(1)
  expect(atOrigin).toEqual(inPublic)
  const [{ name, text } = { name: '', text: '' }] = inPublic ?? []
  expect(text).toContain('<html>a<script')
  expect(text).not.toContain('<html>home')
  expect(text).not.toContain(SECRET)
  expect(JSON.parse(await readFile(join(dist, 'server', 'shell-cache', 'origin.json'), 'utf8'))).toMatchObject({
    dictionary: name,
  })
})

it.each([{ dictionary: false }, { preload: false }, { transport: 'prefix' }])(
  'is not made with %o',
  async (options) => {
    const dist = await temporaryFolder()
    await emitInto(dist, undefined, options)
    for (const place of ['static', 'server']) expect(await dictionariesIn(join(dist, place))).toEqual([])
    const manifest = JSON.parse(await readFile(join(dist, 'server', 'shell-cache', 'origin.json'), 'utf8'))
    expect(manifest).not.toHaveProperty('dictionary')
  },
)

async function dictionariesIn(folder: string): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const names = (await readdir(join(folder, 'shell-cache'))).filter((name) => name.startsWith('dictionary.'))
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(join(folder, 'shell-cache', name), 'utf8') })),
  )
}
