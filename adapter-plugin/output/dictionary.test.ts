// Proves what goes into the dictionary of a build: of pages with holes one for each route, in the form that a document has, each word once.

import { expect, it } from 'vitest'

import type { WholeRecord } from '../../protocol/record/record.ts'
import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { resumingRecord, staticRecord } from '../../sw/util/test-worker.ts'
import { dictionaryOf } from './dictionary.ts'

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
