// Proves what `inspect` reads, and what it says about pages that stand out.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import type { BuildReport, PageReport } from '../adapter-plugin/report/build-report.ts'
import { inspect, remarksOn } from './inspect.ts'

const page = (key: string, more: Partial<PageReport> = {}): PageReport => ({
  key,
  route: key,
  mode: 'instant',
  reason: 'shell',
  opensFrom: 'itself',
  shellBytes: 1000,
  stateBytes: 1000,
  ...more,
})
const reportOf = (...pages: PageReport[]): BuildReport => ({ version: 1, buildId: 'build', pages })
const remarks = (of: PageReport, before?: PageReport): string =>
  remarksOn(reportOf(of), { before: before && reportOf(before) })
    .flatMap(({ remark, fix }) => [remark, fix ?? ''])
    .join(' ')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shell-cache-inspect-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function write(report: object, dist = '.next'): Promise<void> {
  const place = join(folder, dist, 'server', 'shell-cache')
  await mkdir(place, { recursive: true })
  await writeFile(join(place, 'report.json'), JSON.stringify(report))
}

it('prints the table of a build, and what stands out', async () => {
  await write(reportOf(page('/'), page('/account', { mode: 'gated', reason: 'a proxy can match it' })), 'out')
  const { text, passed } = await inspect(folder, { dist: 'out', json: false })
  expect(passed).toBe(true)
  expect(text).toMatch(/^Shell cache +mode/)
  expect(text).toContain('1 of 2 pages are instant (build build).')
  expect(text).toMatch(/Narrow the proxy's.*\n {2}\/account: gated: a proxy can match it\.$/m)
})

it('prints JSON that it can be compared with later', async () => {
  await write(reportOf(page('/', { stateBytes: 2000 })))
  const earlier = join(folder, 'earlier.json')
  await writeFile(earlier, JSON.stringify({ ...reportOf(page('/')), remarks: [] }))
  const { text } = await inspect(folder, { dist: '.next', json: true, against: earlier })
  expect(JSON.parse(text)).toMatchObject({
    pages: [{ key: '/' }],
    remarks: [{ key: '/', remark: 'Its state has grown from 1000 B to 2.0 kB.' }],
  })
})

it('says what is missing', async () => {
  expect(await inspect(folder, { dist: '.next', json: false })).toMatchObject({
    passed: false,
    text: expect.stringContaining('Run `next build` first'),
  })
  await write(reportOf(page('/')))
  expect(await inspect(folder, { dist: '.next', json: false, against: 'nowhere' })).toMatchObject({ passed: false })
})

it('fails if a shell is over the budget that is given, and says which', async () => {
  await write(reportOf(page('/', { shellBytes: 3000 }), page('/small', { shellBytes: 2999 })))
  const within = await inspect(folder, { dist: '.next', json: false, budget: '3000' })
  expect(within).toMatchObject({ passed: true })
  const { passed, isReport, text } = await inspect(folder, { dist: '.next', json: false, budget: '2999' })
  expect({ passed, isReport }).toEqual({ passed: false, isReport: true })
  expect(text).toContain('/: Its shell has 2.9 kB (3000 bytes), more than the budget of 2999 bytes.')
  expect(text).not.toContain('/small: Its shell')
  expect(await inspect(folder, { dist: '.next', json: false, budget: 'small' })).toMatchObject({ passed: false })
})

it('prints the sum of the records, and fails if it is over the total that is given', async () => {
  const sum = { records: 71, bytes: 31 * 1024 ** 2, sent: 6 * 1024 ** 2, over: 11 }
  await write({ ...reportOf(page('/')), sum })
  const within = await inspect(folder, { dist: '.next', json: false, total: '6291456' })
  expect(within.passed).toBe(true)
  expect(within.text).toContain('71 records for browsers: 31.0 MB, 6.0 MB as downloaded.')
  expect(within.text).toContain('11 of them are over `budget`')
  const over = await inspect(folder, { dist: '.next', json: false, total: '6291455' })
  expect(over).toMatchObject({ passed: false, isReport: true, text: expect.stringContaining('6291456 bytes as downl') })
  expect(await inspect(folder, { dist: '.next', json: false, total: '6 MB' })).toMatchObject({
    passed: false,
    text: expect.stringContaining('`--total 65536`'),
  })
})

it('says once what is to be done about many pages', async () => {
  const pages = Array.from({ length: 107 }, (_none, at) => page(`/p${at}`, { shellBytes: 100_000 + at }))
  await write(reportOf(...pages))
  const { text } = await inspect(folder, { dist: '.next', json: false })
  expect(text.match(/A smaller shell appears sooner/g)).toHaveLength(1)
  expect(text).toContain('inlineCss')
  expect(text).toContain('  /p0: Its shell has 97.7 kB.')
  expect(text).toContain('… and 97 more')
})

it('counts apart what is instant from the second visit on', async () => {
  await write(reportOf(page('/'), page('/p/[id]', { opensFrom: 'visit' })))
  const { text } = await inspect(folder, { dist: '.next', json: false })
  expect(text).toContain('1 of 2 pages are instant, 1 from the second visit on (build build).')
})

it('says nothing of a page that is as it should be', () => {
  expect(remarks(page('/'))).toBe('')
  expect(remarks(page('/'), page('/', { stateBytes: 950 }))).toBe('')
})

it.each<[string, Partial<PageReport>, RegExp]>([
  ['a large shell', { shellBytes: 100_000 }, /shell has 97.7 kB/],
  ['a hole without a fallback', { blankHoles: 1 }, /A hole of it shows nothing.*stays blank/],
  ['holes without a fallback', { blankHoles: 2 }, /2 of its holes show nothing/],
  ['a route without a shell', { key: '/p/[id]', opensFrom: 'visit' }, /Read `params` below a <Suspense>/],
  [
    'a route whose shell Next replaces',
    { key: '/p/[id]', opensFrom: 'visit', reason: 'Next renders each path whole: each path once it was visited' },
    /Nothing is wrong/,
  ],
  ['a path that is stored when it is visited', { opensFrom: 'visit' }, /from its second visit on/],
  ['a page that is rendered whole', { mode: 'off', reason: 'nothing of it is prerendered' }, /below a <Suspense>/],
  ['a large state', { stateBytes: 40_000 }, /state has 39.1 kB/],
  ['an edge page', { mode: 'off', reason: 'it renders in the edge runtime', opensFrom: 'network' }, /Remove `runtime/],
  ['an edge middleware', { mode: 'off', reason: 'a middleware of the edge runtime can match it' }, /proxy\.ts/],
  ['another status', { mode: 'off', reason: 'it answers with status 404' }, /Nothing is wrong/],
  ['too large a state', { mode: 'off', reason: 'its state takes more than 1 MB' }, /Cache less/],
  ['too large a shell', { mode: 'off', reason: 'its shell is larger than 9 bytes' }, /maxShellBytes/],
  ['a rewrite', { mode: 'gated', reason: 'a rewrite can match it' }, /Narrow the rule/],
  ['a header', { mode: 'gated', reason: 'a rule of headers() depends on the request' }, /Set the header/],
  ['a page over the limit', { opensFrom: 'route' }, /opens from its route’s shell/],
  ['one without a route’s shell', { opensFrom: 'network' }, /give the route a shell/],
])('says what can be done about %s', (_name, more, expected) => expect(remarks(page('/', more))).toMatch(expected))
