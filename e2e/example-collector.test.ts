// Proves that the example's collector writes one line for each report and drops everything else: anyone can post to it.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

type Collector = { readonly POST: (request: Request) => Promise<Response> }

// Imported by its path, because the example is a TypeScript project of its own.
const ROUTE = new URL('../examples/shop/app/reports/route.ts', import.meta.url).pathname
const { POST } = (await import(ROUTE)) as Collector

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shell-cache-collector-'))
  file = join(folder, 'reports.jsonl')
  vi.stubEnv('SHOP_REPORTS', file)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const post = async (body: string): Promise<number> =>
  (await POST(new Request('https://shop.test/reports', { method: 'POST', body }))).status

it('writes one line for each report, however it was laid out', async () => {
  expect(await post('{\n  "version": 1\n}')).toBe(204)
  expect(await post('{"version":1,"rung":"instant"}')).toBe(204)
  expect(await readFile(file, 'utf8')).toBe('{"version":1}\n{"version":1,"rung":"instant"}\n')
})

it.each([
  ['nothing', ''],
  ['no JSON', 'a=b'],
  ['a report that is cut', '{"version":1'],
  ['more than a report is', JSON.stringify({ version: 1, more: 'x'.repeat(5000) })],
])('drops %s', async (_name, body) => {
  expect(await post(body)).toBe(400)
  await expect(readFile(file)).rejects.toThrow('ENOENT')
})

it('collects nothing if no file is named', async () => {
  vi.stubEnv('SHOP_REPORTS', '')
  expect(await post('{"version":1}')).toBe(400)
})
