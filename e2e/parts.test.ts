// Proves that every browser test is run by exactly one command, that `npm test` shows every fault, and that the lists name existing
// tests. Playwright lists the tests, so that composed titles are compared in full.

import { execFileSync } from 'node:child_process'

import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'
import { expect, it } from 'vitest'

import { FAULTS } from './fault-matrix/fault-index.ts'
import { FIELD_FAULTS } from './fault-matrix/field-faults.ts'
import { ROOT } from './harness/paths.ts'
import { IN_EVERY_ENGINE, LONG, PARTS } from './parts.ts'

type Listed = { readonly id: string; readonly title: string; readonly tags: readonly string[] }

/** The tests that Playwright selects for a part; all tests if there is none. */
function listed(part?: string): readonly Listed[] {
  const args = ['--no-install', 'playwright', 'test', '-c', 'e2e/playwright.config.ts', '--list', '--reporter=json']
  const { SHELL_CACHE_PART: _part, ...others } = process.env
  const env = part === undefined ? others : { ...others, SHELL_CACHE_PART: part }
  const output = execFileSync('npx', args, { cwd: ROOT, env, maxBuffer: 64 * 1024 * 1024 })
  const report: JSONReport = JSON.parse(output.toString())
  return report.suites.flatMap(testsOf)
}

function testsOf({ specs, suites = [] }: JSONReportSuite): Listed[] {
  return [...specs.map(({ id, title, tags }) => ({ id, title, tags })), ...suites.flatMap(testsOf)]
}

const inPart = new Map(PARTS.map((part) => [part, new Set(listed(part).map(({ id }) => id))]))
const tests = listed().map((test) => ({ ...test, parts: PARTS.filter((part) => inPart.get(part)?.has(test.id)) }))

it('runs every test by one command', () => {
  expect(tests.length).toBeGreaterThan(400)
  expect(tests.filter(({ parts }) => parts.length !== 1)).toEqual([])
})

it('has every test of an engine marked, and leaves some of each to `npm test`', () => {
  for (const engine of ['firefox', 'webkit']) {
    const own = tests.filter(({ tags }) => tags.includes(engine))
    expect(own.filter(({ parts }) => parts.includes('test')).length).toBeGreaterThanOrEqual(IN_EVERY_ENGINE.length)
    expect(own.filter(({ parts }) => parts.includes('engines')).length).toBeGreaterThan(0)
  }
})

it.each([...IN_EVERY_ENGINE, ...LONG])('knows of a test of the name: %s', (title) => {
  expect(tests.map((test) => test.title)).toContain(title)
})

/** The tests that show faults, by title. Rows of a table are in the part of the test that runs them. */
const SHOWN = Object.entries({ ...FAULTS, ...FIELD_FAULTS }).flatMap(([fault, shown]) =>
  shown.filter(({ file }) => /\.spec\.ts$|\/fault-rows\.ts$/.test(file)).map(({ title }) => [fault, title] as const),
)

it.each(SHOWN)('shows %s in `npm test`, in one engine at least: %s', (_fault, title) => {
  const named = tests.filter((test) => pattern(title).test(test.title))
  expect(named.length).toBeGreaterThan(0)
  expect(named.some(({ parts }) => parts.includes('test'))).toBe(true)
})

/** The index quotes titles from the source, which may contain placeholders. */
function pattern(title: string): RegExp {
  const parts = title.split(/\$\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(parts.join('.*'))
}
