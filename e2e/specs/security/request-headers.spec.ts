// Compares what the app's proxy sees of a visit with and without a worker, for random sequences of visits in every browser: all headers,
// including cookies by SameSite, and how often the proxy runs (docs/architecture.md, invariant 4). The allowed differences are listed in
// visits/allowed.ts and, in the same words, in docs/security.md.

import { ENGINES } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { startRelay } from '../../harness/servers/relay.ts'
import { scaled, TEST_MS } from '../../harness/timeouts.ts'
import { type Row, ROWS, rowsFor } from './visits/allowed.ts'
import { compare, number, type Run, runsBy, type Sort } from './visits/runs.ts'
import { sampleVisits } from './visits/sequence.ts'
import { make, prepare, serveStart } from './visits/visit.ts'

const VISITS = sampleVisits(11)
/** With the fixed seed, this many visits show each allowed difference. */
const SHOWS_ALL = VISITS.length >= 66 && process.env['FUZZ_SEED'] === undefined

for (const engine of ENGINES)
  for (const app of engine === 'chromium' ? (['proxied', 'proxied-preload'] as const) : (['proxied'] as const))
    test.describe(engine, { tag: `@${engine}` }, () => {
      test.use({ engine, app })

      test(`shows the proxy of ${app} what it sees without a worker, and as often, whatever the visit`, async ({
        tab,
        relay,
        server,
      }) => {
        test.setTimeout(TEST_MS + scaled(VISITS.length * 4000))
        await using plain = await startRelay(server.port)
        serveStart(plain, false)
        for (const each of [plain, relay]) number(each)
        await using site = await serveOnAnotherSite('<!doctype html><title>another site</title>')
        await install(tab, relay, '/open')
        serveStart(relay, true)
        const made = []
        for (const [index, visit] of VISITS.entries()) {
          const url = `/seen/${visit.kind}?visit=${index}`
          await prepare(tab, relay, visit)
          const shown = await make(tab, relay, site.origin, visit, url)
          made.push({ visit, url, shown, plain: await make(tab, plain, site.origin, visit, url) })
        }
        const [expected, seen] = [await runsBy(plain, server.port), await runsBy(relay, server.port)]
        expect(
          made.map(({ shown }) => shown.lookup),
          'visits to what is stored',
        ).toContain('usable')
        const needed = new Set<Row>()
        const sorts: Partial<Record<Sort, number>> = {}
        for (const { visit, url, ...visited } of made) {
          const what = `${JSON.stringify(visit)} (${visited.shown.lookup ?? 'no record was looked for'})`
          const of = (runs: readonly Run[]): readonly Run[] => runs.filter((run) => run.url === url)
          const [without, shown] = [of(expected), of(seen)]
          const compared = compare({ ...visited.plain, runs: without }, { ...visited.shown, runs: shown }, what)
          for (const { sort, differences } of compared) {
            sorts[sort] = (sorts[sort] ?? 0) + 1
            const rows = differences.map((one) => rowsFor(engine, sort, visit.way, one))
            const others = differences.filter((_one, at) => rows[at]?.length === 0)
            expect.soft(others, `${sort} for ${what}`).toEqual([])
            for (const row of rows.flat()) needed.add(row)
          }
          const isCurrent = visited.shown.lookup === 'usable' && visit.kind !== 'static'
          const isAsked = compared.some(({ sort }) => sort === 'record')
          if (isCurrent || visit.kind === 'off') expect.soft(isAsked, `asked for the record of ${what}`).toBe(false)
        }
        console.log(`${engine}, ${app}: ${JSON.stringify(sorts)}`)
        const wanted = app === 'proxied' ? ['own', 'passed on', 'plain', 'record'] : ['plain', 'preload', 'record']
        expect(Object.keys(sorts), 'a property over fewer would prove less').toEqual(expect.arrayContaining(wanted))
        const unneeded = ROWS.filter((row) => row.engines.includes(engine) && row.of !== 'preload' && !needed.has(row))
        if (app === 'proxied' && SHOWS_ALL) expect(unneeded, 'allowed and never seen').toEqual([])
      })
    })
