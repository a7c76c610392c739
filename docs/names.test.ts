// Proves that what the documents point to is there: links, headings, files, headers, entries, variables.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

import { expect, it } from 'vitest'

import { type Inline, parseDocument, readDocuments, ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

const documents = readDocuments()
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

it('links to files and headings that are there', () => {
  const anchors = new Map(documents.map((document) => [document.path, document.anchors]))
  const broken = documents.flatMap(({ path, links }) =>
    links.filter(({ text }) => {
      if (/^https?:/.test(text)) return false
      const [file = '', anchor] = text.split('#', 2)
      const target = file === '' ? path : posix.join(dirname(path), file)
      return !existsSync(join(ROOT, target)) || (anchor !== undefined && anchors.get(target)?.has(anchor) !== true)
    }),
  )
  expect(broken).toEqual([])
})

it('makes anchors as GitHub does', () => {
  const { anchors } = parseDocument("# `next start`\n## One's own writes\n## From [a](b)\n## From a", 'test.md')
  expect([...anchors]).toEqual(['next-start', 'ones-own-writes', 'from-a', 'from-a-1'])
})

/** The code in lines of what users and contributors read today; the decisions tell of what was, too. */
const codes = documents.filter(({ path }) => !path.startsWith('decisions/')).flatMap((document) => document.codes)
const unknown = (pattern: RegExp, isKnown: (name: string) => boolean): readonly Inline[] =>
  codes.filter(({ text }) => pattern.test(text) && !isKnown(text))

it('names files of the repository that are there', () => {
  const folders = new Set(listTree(ROOT).flatMap((file) => /^([\w-]+)\//.exec(file)?.[1] ?? []))
  const isOurs = (text: string): boolean => folders.has(/^([\w-]+)\//.exec(text)?.[1] ?? '')
  const isThere = (text: string): boolean => existsSync(join(ROOT, text.replace(/:\d+$/, '')))
  expect(unknown(/^[\w.-]+\/[\w./[\]-]*$/, (text) => !isOurs(text) || isThere(text))).toEqual([])
})

it('says for usual changes which file to change', () => {
  const [, table = ''] = /^## Where to change what\n([^]*?)\n## /m.exec(read('CONTRIBUTING.md')) ?? []
  const rows = table.split('\n').filter((line) => /^\| (?!you want|-)/.test(line))
  expect(rows.length).toBeGreaterThanOrEqual(12)
  expect(rows.filter((line) => !/`[\w.-]+\/[\w./-]+`/.test(line))).toEqual([])
})

it('names headers that the wire has', () => {
  const wire = read('protocol/wire.ts')
  expect(unknown(/^shell-cache-[a-z-]+$/, (name) => wire.includes(`'${name}'`))).toEqual([])
})

it('names entries that the package has', () => {
  const { exports } = JSON.parse(read('package.json'))
  const isThere = (name: string): boolean => `.${name.slice('next-shell-cache'.length)}` in exports
  expect(unknown(/^next-shell-cache\/\w+$/, isThere)).toEqual([])
})

it('names functions and components of ours that the types have', () => {
  const entries = [
    'adapter-plugin/index',
    'adapter-plugin/adapter',
    'client/index',
    'client/react',
    'client/handle',
    'sw/entries/own-worker',
    'origin/index',
    'playwright/index',
  ]
  const types = entries.map((entry) => read(`dist/types/${entry}.d.ts`)).join('\n')
  const nameOf = (text: string): string => /\w*ShellCache\w*/.exec(text)?.[0] ?? ''
  expect(unknown(/\w*ShellCache\w*(?:\(| \/>|$)/, (text) => types.includes(nameOf(text)))).toEqual([])
})

it('names variables of the environment that something reads', () => {
  const sources = listTree(ROOT).filter((file) => /\.(?:ts|mjs)$/.test(file))
  const known = new Set(sources.flatMap((file) => read(file).match(/(?:SHELL_CACHE|BENCH|SHOP|FUZZ)_[A-Z_]+/g) ?? []))
  const nameOf = (text: string): string => /(?:SHELL_CACHE|BENCH|SHOP|FUZZ)_[A-Z_]+/.exec(text)?.[0] ?? ''
  expect(unknown(/(?:SHELL_CACHE|BENCH|SHOP|FUZZ)_[A-Z_]+/, (text) => known.has(nameOf(text)))).toEqual([])
})

it('tells of no option that is not there', () => {
  const options = read('adapter-plugin/config/shell-cache-options.ts')
  const isThere = (name: string): boolean => options.includes(`readonly ${name}?:`)
  const section =
    read('README.md')
      .split(/^## /m)
      .find((text) => text.startsWith('Options')) ?? ''
  const listed = [...section.matchAll(/^\| `(\w+)`/gm)].flatMap(([, name]) => name ?? [])
  expect(listed.length).toBeGreaterThan(10)
  expect(listed.filter((name) => !isThere(name))).toEqual([])
})
