// The reports that pages send to a collector: with a worker, in the control group, without storage, and with a collector that fails.

import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Page } from '@playwright/test'

import { isPageReport, type PageReport } from '../../../protocol/page/page-report.ts'
import { expect, expectHydrated, install, LOSS, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { ROOT } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'
import { secretsOf } from '../security/secrets.ts'

test.use({ appName: 'acting' })

type Collector = AsyncDisposable & {
  readonly port: number
  readonly bodies: string[]
  /** If undefined, the collector does not answer. */
  status: number | undefined
}

async function startCollector(): Promise<Collector> {
  const bodies: string[] = []
  const server = createServer((incoming, outgoing) => {
    let text = ''
    incoming.setEncoding('utf8')
    incoming.on('data', (chunk: string) => (text += chunk))
    incoming.on('end', () => {
      bodies.push(text)
      if (collector.status !== undefined) outgoing.writeHead(collector.status).end()
    })
  })
  await once(server.listen(0, 'localhost'), 'listening')
  const { port } = server.address() as AddressInfo
  const collector: Collector = {
    port,
    bodies,
    status: 204,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return collector
}

/** Sends the pages' reports to this collector. */
function collectFrom(relay: Relay, collector: Collector): void {
  relay.route = ({ url }) => (url === '/reports' ? collector.port : undefined)
}

/** Leaves the open page and returns the report that it then sends. A page that is left too early sends none, so this waits first. */
async function leave(page: Page, relay: Relay, { bodies }: Collector): Promise<PageReport> {
  await page.waitForFunction(() => performance.getEntriesByName('shell-cache:report-ready').length === 1)
  const before = bodies.length
  await page.context().addCookies([{ name: 'reports', value: '1', url: relay.origin }])
  await page.goto(`${relay.origin}/about`)
  await expect.poll(() => bodies.length).toBe(before + 1)
  await page.context().clearCookies()
  const report: unknown = JSON.parse(bodies[before] ?? '')
  if (!isPageReport(report)) throw new Error(`no report: ${bodies[before]}`)
  return report
}

test('come from pages with a worker and from the control group, and say nothing of the visitor', async ({
  page,
  relay,
}) => {
  await using collector = await startCollector()
  await install(page, relay)
  collectFrom(relay, collector)
  const { outcome } = await visit(page, relay, '/p/a?token=mine-alone')
  expect(outcome).toBe('instant')
  await expectHydrated(page)
  const shown = await leave(page, relay, collector)
  expect(shown).toMatchObject({
    group: 'worker',
    rung: 'instant',
    transport: 'resume',
    route: '/p/[slug]',
    build: (await untilControlled(page)).buildId,
    reloaded: false,
    offline: false,
    resting: false,
  })
  const { bytesSaved = 0, hydrated = 0, ttfb = -1, fcp = 0, shellPainted = 0, inp = -1 } = shown
  for (const measured of [bytesSaved, hydrated, fcp, shellPainted, ...shown.holes]) expect(measured).toBeGreaterThan(0)
  for (const measured of [ttfb, inp]) expect(measured).toBeGreaterThanOrEqual(0)
  expect(shown.holes).toHaveLength(1)

  await visit(page, relay, '/p/a')
  await page.reload()
  await expectHydrated(page)
  expect(await leave(page, relay, collector)).toMatchObject({ rung: 'network', reason: 'reload', reloaded: true })

  relay.fault = ({ method, url }) =>
    method === 'HEAD' && url === '/sw.js' ? { status: 200, headers: { 'shell-cache': 'rollout=0' } } : undefined
  await page.goto(relay.origin)
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  // The last page from the worker before it is removed.
  await leave(page, relay, collector)
  const asked = relay.exchanges.length
  await visit(page, relay, '/p/a?token=mine-alone')
  await expect.poll(() => relay.exchanges.slice(asked).some(({ method }) => method === 'HEAD')).toBe(true)
  await expectHydrated(page)
  const control = await leave(page, relay, collector)
  expect(control).toMatchObject({ group: 'control', rung: 'network', reason: 'no-worker', route: '/p/[slug]' })
  expect(control.build).toBeUndefined()
  // A hole that arrives with the document may be filled before any script of the page runs.
  expect(control.holes.length).toBeLessThanOrEqual(1)

  const all = collector.bodies.join('\n')
  for (const secret of ['mine-alone', 'token', '/p/a', relay.origin, ...(await secretsOf('acting'))])
    expect(all, secret).not.toContain(secret)
  expect(await reportOn(all)).toContain('4 page views: 2 with the worker, 1 in the control group, 1 of neither')
})

/** The command's output for these reports. */
async function reportOn(reports: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shell-cache-reports-'))
  try {
    const file = join(folder, 'reports.jsonl')
    await writeFile(file, reports)
    const command = join(ROOT, 'dist', 'node', 'cli.js')
    return execFileSync(process.execPath, [command, 'report', file], { encoding: 'utf8' })
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('say that shells rest in a browser whose pages had to be reloaded again and again', async ({
  page,
  relay,
  expected,
}) => {
  // Before the reload, the browser reports a script that was cut, and React a payload that ended early.
  expected.push(LOSS, /^(Invalid or unexpected token|Unexpected |Unterminated |missing )/, /Minified React error #412/)
  await using collector = await startCollector()
  collectFrom(relay, collector)
  await install(page, relay)
  relay.cut = ({ method, url }) => (method === 'POST' && url === '/p/a' ? { after: 200, by: 'reset' } : undefined)
  for (let broken = 0; broken < 4; broken++) {
    await page.goto(`${relay.origin}/p/a`, { waitUntil: 'commit' })
    // The shell is shown, what follows it breaks off, and the page reloads itself.
    await page.waitForFunction(isReload)
  }
  relay.cut = undefined
  // The last reload is noted in the background.
  await expect.poll(async () => (await visit(page, relay, '/p/a')).outcome).toBeUndefined()
  await expectHydrated(page)
  expect(await leave(page, relay, collector)).toMatchObject({
    group: 'worker',
    rung: 'network',
    reason: 'resting',
    resting: true,
    reloaded: false,
  })
})

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload'
}

test('leave the page as it is if the collector fails, does not answer or is gone, and if a browser keeps nothing', async ({
  page,
  relay,
  expected,
}) => {
  expected.push(/\/reports|500|ERR_EMPTY_RESPONSE|ERR_CONNECTION/)
  await using collector = await startCollector()
  await page.addInitScript(() => {
    const refuse = {
      get: (): never => {
        throw new DOMException('no storage', 'SecurityError')
      },
    }
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(window, name, refuse)
  })
  collectFrom(relay, collector)
  collector.status = 500
  await visit(page, relay, '/p/a')
  await expectHydrated(page)
  expect((await leave(page, relay, collector)).route).toBe('/p/[slug]')
  collector.status = undefined
  await visit(page, relay, '/p/a')
  await expectHydrated(page)
  // The collector has still not answered when the next page is open.
  expect((await leave(page, relay, collector)).route).toBe('/p/[slug]')
  await visit(page, relay, '/p/a')
  await expectHydrated(page)
  relay.fault = ({ url }) => (url === '/reports' ? 'reset' : undefined)
  await visit(page, relay, '/p/a')
  await page.context().addCookies([{ name: 'reports', value: '1', url: relay.origin }])
  await visit(page, relay, '/p/a')
  await expectHydrated(page)
})
