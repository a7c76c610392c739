// Proves that every block of code in the documents is what a reader may copy: it compiles as it stands, or it is a part of a file
// that is tested. What is neither fails.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { isCode, typeCheck } from './test-code.ts'
import { type Block, readDocuments, ROOT } from './test-documents.ts'
import { listTree } from './test-tree.ts'

/** Of types, written by `npm run docs:api`: `npm run check` compares them with the types themselves. */
const isGenerated = (path: string): boolean => path.startsWith('docs/api/')
const documents = readDocuments().filter(({ path }) => !isGenerated(path))
const blocks = documents.flatMap((document) => document.blocks)

const fileOf = ({ hint }: Block): string | undefined => /^file=(\S+)$/.exec(hint)?.[1]

/** Settings of other tools, which neither Next nor this package knows. */
const OTHERS = ['importScripts']

/** Options and settings that the prose gives as `name: value`. */
function settings(): string {
  const current = documents.filter(({ path }) => !path.startsWith('decisions/'))
  const given = current.flatMap(({ codes }) => codes).filter(({ text }) => /^[a-z]\w*: \S/.test(text))
  const checked = given.filter(({ text }) => !OTHERS.some((name) => text.startsWith(`${name}:`)))
  const lines = checked.map(
    ({ at, text }, index) => `export const s${index}: NextConfig | ShellCacheOptions = { ${text} } // ${at}`,
  )
  const head = [
    "import type { NextConfig } from 'next'",
    "import type { ShellCacheOptions } from 'next-shell-cache'",
    '',
  ]
  return [...head, ...lines].join('\n')
}

it('gives code that compiles in an app of its own, against the built package', { timeout: 60_000 }, () => {
  const free = documents.map(({ path, blocks }) => ({ path, blocks: blocks.filter((block) => !fileOf(block)) }))
  expect(typeCheck(free, 'documents', { 'settings.ts': settings() })).toEqual([])
})

it('has the compiler say what is wrong, and where', { timeout: 60_000 }, () => {
  const text =
    "// settings.ts\nimport type { ShellCacheOptions } from 'next-shell-cache'\nexport const wrong: ShellCacheOptions = { route: {} }"
  const block = { at: '', line: 7, language: 'ts', hint: '', text }
  expect(typeCheck([{ path: 'wrong.md', blocks: [block] }], 'documents-wrong')).toEqual([
    expect.stringMatching(/^wrong\.md\/0\/settings\.ts\(10,43\): .*'route'/),
  ])
})

const quotes = blocks.flatMap((block) => {
  const path = fileOf(block)
  return path === undefined ? [] : [{ at: block.at, path, text: block.text }]
})

it.each(quotes)('quotes $path at $at', ({ path, text }) => {
  expect(isPartOf(text, readFileSync(join(ROOT, path), 'utf8'))).toBe(true)
})

/** A file that no test uses would be one that no one runs. */
it('quotes tested files alone', () => {
  const tests = listTree(ROOT).filter((path) => (path.startsWith('e2e/') ? /\.ts$/ : /\.test\.ts$/).test(path))
  const read = tests.map((path) => readFileSync(join(ROOT, path), 'utf8'))
  const isRead = (path: string): boolean => {
    const [name, folder] = path.split('/').toReversed()
    return read.some((text) => text.includes(`'${folder}', '${name}'`))
  }
  // The suite builds these apps.
  const isBuilt = (path: string): boolean => /^(?:e2e\/apps|examples\/shop)\//.test(path)
  expect(quotes.filter(({ path }) => !isBuilt(path) && !isRead(path))).toEqual([])
})

it('leaves to another check what is generated', () => {
  const generated = readDocuments().filter(({ path }) => isGenerated(path))
  const isCompared = readFileSync(join(ROOT, 'scripts', 'check.mjs'), 'utf8').includes('api-reference')
  expect(generated.length === 0 || isCompared).toBe(true)
})

it('has no block that nothing checks', () => {
  const isChecked = (block: Block): boolean =>
    fileOf(block) !== undefined || isCode(block) || block.language === 'sh' || isStep(block) || isValidJson(block)
  const unchecked = blocks.filter((block) => !isChecked(block))
  expect(unchecked.map(({ at, language }) => `${at} ${language}`)).toEqual([])
  expect(documents.flatMap(({ indented }) => indented)).toEqual([])
})

/** e2e/harness/builds/new-app.ts takes each step of the README in a fresh app. */
function isStep({ at, language }: Block): boolean {
  return language === 'diff' && at.startsWith('README.md:')
}

function isValidJson({ language, text }: Block): boolean {
  if (language !== 'json') return false
  JSON.parse(text)
  return true
}

/** Contiguous lines of it, whatever the indentation that they share. */
function isPartOf(text: string, file: string): boolean {
  const wanted = dedented(text.split('\n'))
  const lines = file.split('\n')
  return lines.some((_line, at) => dedented(lines.slice(at, at + wanted.length)).join('\n') === wanted.join('\n'))
}

function dedented(lines: readonly string[]): readonly string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0)
  const indent = Math.min(...indents)
  return lines.map((line) => line.slice(indent))
}
