// Proves what a build says about its pages, in its table and in its report file, and that only a valid report file is read.

import { expect, it } from 'vitest'

import { LIMITS } from '../../protocol/build/limits.ts'
import { contextOf } from '../test-context.ts'
import { type BuildReport, limitsOf, parseBuildReport, toBuildReport } from './build-report.ts'
import { formatLimits, formatRouteTable } from './route-table.ts'

type Given = Parameters<typeof toBuildReport>

/** Takes only the parts of pages and records that a report needs. */
function reportOf(pages: readonly object[], records: readonly object[] = []): BuildReport {
  const whole: unknown = records.map((record) => ({ record }))
  return toBuildReport('build', pages as Given[1], whole as Given[2])
}

const page = (key: string, route: string, mode = 'instant', reason = 'concrete shell') => ({
  candidate: { key, route, shellBytes: 2048, file: '/page.html' },
  mode,
  reason,
  except: [],
})

it('says what a page opens from', () => {
  const pages = [page('/p/a', '/p/[slug]'), page('/p/[slug]', '/p/[slug]'), page('/g/a', '/g/[id]'), page('/', '/')]
  const state = { length: 512 }
  const report = reportOf(pages, [
    { key: '/p/[slug]', route: '/p/[slug]', kind: 'resuming', state },
    { key: '/', route: '/', kind: 'static' },
  ])
  expect(report.pages.map(({ key, opensFrom, stateBytes }) => [key, opensFrom, stateBytes])).toEqual([
    ['/', 'itself', undefined],
    ['/g/a', 'network', undefined],
    ['/p/[slug]', 'itself', 512],
    ['/p/a', 'route', undefined],
  ])
  const rows = formatRouteTable(report).split('\n')
  expect(rows[2]).toContain('concrete shell, over the limit: comes from the network')
  expect(rows[4]).toContain("concrete shell, over the limit: opens from its route's")
})

it('says of a pattern without a shell that its paths are stored when they are visited', () => {
  const pattern = page('/p/[slug]', '/p/[slug]', 'instant', 'no fallback shell: each path once it was visited')
  const pages = [{ ...pattern, candidate: { ...pattern.candidate, file: undefined } }, page('/p/a', '/p/[slug]')]
  const report = reportOf(pages)
  expect(report.pages.map(({ key, opensFrom }) => [key, opensFrom])).toEqual([
    ['/p/[slug]', 'visit'],
    ['/p/a', 'visit'],
  ])
  const [, ofPattern, ofPath] = formatRouteTable(report).split('\n')
  expect(ofPattern).not.toContain('over the limit')
  expect(ofPath).toContain('concrete shell, over the limit: stored when it is visited')
  expect(parseBuildReport(JSON.stringify(report))).toEqual(report)
})

it('has one row for a rule that is for some paths of patterns', () => {
  const except = [{ source: '/old', globs: ['/old'], reason: 'a redirect is for it' }]
  const report = reportOf([
    { ...page('/[slug]', '/[slug]'), except },
    { ...page('/[...rest]', '/[...rest]'), except: [...except, { ...except[0], source: '/p/a' }] },
    { ...page('/p/a', '/p/[slug]'), except: [] },
  ])
  expect(report.pages.map(({ key, mode, reason }) => [key, mode, reason])).toEqual([
    ['/[...rest]', 'instant', 'concrete shell'],
    ['/[slug]', 'instant', 'concrete shell'],
    ['/old', 'off', 'a redirect is for it'],
    ['/p/a', 'instant', 'concrete shell'],
  ])
})

it('prints a table of routes and counts the concrete pages that it leaves out', () => {
  const concrete = Array.from({ length: 12 }, (_none, at) => page(`/p/${at}`, '/p/[slug]', 'off', 'an option says so'))
  const table = formatRouteTable(reportOf([page('/', '/', 'off', 'an option says so'), ...concrete]))
  expect(table.split('\n')[0]).toBe('Shell cache  mode  why                shell   state')
  expect(table.split('\n')[1]).toBe('/            off   an option says so  2.0 kB  –')
  expect(table.split('\n')).toHaveLength(13)
  expect(table).toContain('… and 2 more concrete pages')
})

it('says once which limits the app meets', () => {
  const off = [page('/', '/'), page('/legacy', '/legacy', 'off', 'a page of the Pages Router')] as unknown as Given[1]
  const { config } = contextOf({ config: { skipTrailingSlashRedirect: true } })
  expect(limitsOf(off, config)).toEqual([LIMITS.off, LIMITS.slash])
  expect(limitsOf(off.slice(0, 1), contextOf({}).config)).toEqual([])
  expect(formatLimits({ limits: limitsOf(off, config) })).toBe(`${LIMITS.off}\n${LIMITS.slash}`)
  expect(formatLimits({})).toBeUndefined()
})

it('reads back what was written, and nothing else', () => {
  const pages = reportOf([page('/', '/')], [{ key: '/', route: '/', kind: 'resuming', state: { length: 3 } }])
  const report = { ...pages, limits: [LIMITS.off] }
  const text = JSON.stringify(report)
  expect(parseBuildReport(text)).toEqual(report)
  for (const wrong of ['', 'null', '{}', text.replace('"version":1', '"version":2'), text.replace('instant', 'fast')])
    expect(parseBuildReport(wrong), wrong).toBeUndefined()
})
