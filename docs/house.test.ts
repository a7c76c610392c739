// Proves that the house keeps its measures, and that CONTRIBUTING and the guides name only files that are there.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { expect, it } from 'vitest'

import { ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

const MOST_FILES = 12
const SHORT_LINES = 20
const MOST_SHORT = 5

const FOLDERS = /^(?:adapter-plugin|bench|cli|client|origin|playwright|protocol|scripts|seal|sw)\//
const tree = listTree(ROOT)
const sources = tree.filter(
  (path) => FOLDERS.test(path) && /\.(?:tsx?|mjs)$/.test(path) && !/\.test\.tsx?$|\.d\.ts$|(?:^|\/)test-/.test(path),
)
const linesOf = (path: string): number => readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1

it('has no folder with more than a dozen source files directly in it', () => {
  expect(sources.length).toBeGreaterThan(200)
  const folders = [...new Set(sources.map((path) => dirname(path)))]
  const sizeOf = (folder: string): number => sources.filter((path) => dirname(path) === folder).length
  expect(folders.filter((folder) => sizeOf(folder) > MOST_FILES)).toEqual([])
})

it('has files of a size that can be read at once', () => {
  const worker = sources.filter((path) => path.startsWith('sw/'))
  expect(worker.filter((path) => linesOf(path) < SHORT_LINES).length).toBeLessThanOrEqual(MOST_SHORT)
  const lengths = sources.map(linesOf).toSorted((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  expect(median).toBeGreaterThanOrEqual(50)
  expect(median).toBeLessThanOrEqual(90)
})

it('leaves the timeouts of unit tests to vitest.config.ts, which scales them for a busy machine', () => {
  const tests = tree.filter((path) => FOLDERS.test(path) && path.endsWith('.test.ts'))
  expect(tests.length).toBeGreaterThan(100)
  const own = tests.filter((path) => /^\s*\}, [\d_]{5,}\)$/m.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(own).toEqual([])
})

it.each(['CONTRIBUTING.md', 'docs/architecture.md'])('names in %s only files that are there', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.[\]-]+\.(?:tsx?|mjs|ya?ml|svg))`/g)].flatMap(
    ([, file]) => file ?? [],
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((file) => !tree.includes(file))).toEqual([])
})

it('has no table of a guide behind another one, as a merge leaves it', () => {
  const joined = tree
    .filter((path) => path.endsWith('.md'))
    .filter((path) => /^\|.*\n\|.*\n\| -+ \|/m.test(readFileSync(join(ROOT, path), 'utf8')))
  expect(joined).toEqual([])
})
