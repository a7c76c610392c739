// Proves what a build suggests if a proxy gates pages, and that the suggested line has the effect that the text names.

import { expect, it } from 'vitest'

import { wishFor } from '../config/route-modes.ts'
import type { PageReport } from './build-report.ts'
import { suggestVouching } from './vouching.ts'

const gated = (route: string, key = route): PageReport => ({
  key,
  route,
  mode: 'gated',
  reason: 'a proxy can match it',
  opensFrom: 'itself',
  shellBytes: 1,
})

it('suggests one line for all pages that a proxy gates', () => {
  const pages = ['/', '/login', '/book/[handle]', '/calendar', '/calendar/[day]', '/[slug]'].map((route) =>
    gated(route),
  )
  const text = suggestVouching({ pages: [...pages, gated('/book/[handle]', '/book/ada')] }) ?? ''
  expect(text).toContain('The proxy can match 7 of 7 pages')
  expect(text).toContain('published, and shown before the proxy is asked')
  const line = /withShellCache\(config, \{ routes: (.*) \}\)/.exec(text)?.[1] ?? ''
  expect(line).toBe(
    "{ '/': 'instant', '/login': 'instant', '/book/[handle]': 'instant', '/calendar/**': 'instant', '/[slug]': 'instant' }",
  )
  const wishes = JSON.parse(line.replaceAll("'", '"'))
  for (const page of pages) expect(wishFor(page, wishes), page.key).toBe('instant')
})

it('says nothing of a single page, or of what no proxy gates', () => {
  expect(suggestVouching({ pages: [gated('/'), { ...gated('/a'), mode: 'instant' }] })).toBeUndefined()
  const redirected = ['/a', '/b'].map((route) => ({ ...gated(route), reason: 'a redirect can match it' }))
  expect(suggestVouching({ pages: redirected })).toBeUndefined()
})

it('names no more than a person reads', () => {
  const pages = Array.from({ length: 13 }, (_none, at) => gated(`/p${at}`))
  const text = suggestVouching({ pages }) ?? ''
  expect(text).toContain("'/p11': 'instant' /* and so on */")
  expect(text).not.toContain('/p12')
})
