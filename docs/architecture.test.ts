// Proves that the picture shows the house as it is: each folder that it names is there, and each folder of source is in it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

const picture = readFileSync(join(ROOT, 'docs', 'architecture.svg'), 'utf8')
const named = [...picture.matchAll(/class="folder"[^>]*>([\w/-]+)\/</g)].flatMap(([, folder]) => folder ?? [])

it('names folders that are there', () => {
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((folder) => !existsSync(join(ROOT, folder)))).toEqual([])
})

it('shows every folder of source, and those of the worker', () => {
  const files = listTree(ROOT).filter((file) => /\.(?:tsx?|mjs)$/.test(file))
  const top = files.flatMap((file) => /^([\w-]+)\//.exec(file)?.[1] ?? [])
  const ofWorker = files.flatMap((file) => /^(sw\/[\w-]+)\//.exec(file)?.[1] ?? [])
  const shown = new Set(named.flatMap((folder) => [folder, folder.replace(/\/.*/, '')]))
  const missing = [...new Set([...top, ...ofWorker])].filter((folder) => folder !== 'docs' && !shown.has(folder))
  expect(missing).toEqual([])
})

it('can be read in the light and in the dark, and by who sees nothing', () => {
  expect(picture).toContain('prefers-color-scheme: dark')
  expect(picture).toMatch(/role="img"[^>]*aria-labelledby/)
})
