// The fault matrix (reference/reliability.md 3.1) in three browsers: whatever breaks, the visitor gets the page, with one
// navigation more at the most, never a blank frame, never a rejection that nobody handles. A row's name is its number there;
// what no browser can be made to do from outside stands in faults-elsewhere.ts, with the test that shows it.

import { ENGINES } from './engines/driver.ts'
import { expect, test } from './engines/fixtures.ts'
import { forgetProbe, heading, install, readProbe, untilStill, untilWhole } from './engines/page.ts'
import { ROWS } from './fault-rows.ts'

for (const engine of ENGINES) {
  test.describe(engine, () => {
    test.use({ engine })
    for (const row of ROWS) {
      test(`${row.id} ${row.what}`, async ({ tab, relay, server, next }, info) => {
        await install(tab, relay)
        await forgetProbe(tab)
        await row.arrange({ tab, relay, server, next })
        await tab.open(relay.origin + (row.path ?? '/'))
        await row.during?.({ tab, relay, server, next })
        await (row.end === 'still' ? untilStill(tab) : untilWhole(tab))
        expect(await heading(tab)).toBe(row.heading ?? 'Home')
        const { documents, blanks, ...probe } = await readProbe(tab)
        const rejections = probe.rejections.filter(({ document }) => document === documents.length)
        info.annotations.push({
          type: 'fault',
          description: JSON.stringify({
            engine,
            id: row.id,
            what: row.what,
            documents,
            rejections: rejections.length,
            blanks,
          }),
        })
        expect(documents, 'how each document of the visit came').toEqual(row.documents)
        expect(documents.length, 'one navigation more at the most').toBeLessThanOrEqual(2)
        expect(rejections, 'in the document that stays').toEqual([])
        // React says of a document that was cut that it was, before it is reloaded.
        for (const { reason } of probe.rejections) expect(reason).toMatch(/React error #412/)
        expect(blanks, 'blank frames').toBe(0)
      })
    }
  })
}
