// Makes a test for each row of the fault matrix that can be provoked from outside (fault-rows.ts), in one browser.

import type { Engine } from '../engines/driver.ts'
import { expect, test } from '../engines/fixtures.ts'
import { forgetProbe, install, readProbe, untilStill, untilWhole } from '../engines/page.ts'
import { endRest } from '../harness/in-page/store-faults.ts'
import type { FaultRow } from './fault-row.ts'
import { ROWS } from './fault-rows.ts'

/**
 * @param name - The column in the table at the end of a run (fault-table.ts).
 * @param waysOf - How the documents of a row's visit may be answered.
 */
export function testFaults(
  name: string,
  engine: Engine,
  waysOf: (row: FaultRow) => readonly (readonly string[])[],
): void {
  test.use({ engine })
  for (const row of ROWS)
    test.describe(() => {
      test.use({ isVisitorKept: row.spoilsStore !== true })
      test(`${row.id} ${row.what}`, async ({ tab, relay, server, next }, info) => {
        await install(tab, relay)
        await forgetProbe(tab)
        // Earlier rows have reloaded this visitor's pages: without this, the worker would show no shells any more (sw/store/alarm.ts).
        await tab.run(endRest)
        await row.arrange({ tab, relay, server, next })
        await tab.open(relay.origin + (row.path ?? '/'))
        await row.during?.({ tab, relay, server, next })
        const heading = await (row.end === 'still' ? untilStill(tab) : untilWhole(tab))
        expect(heading).toBe(row.heading ?? 'Home')
        const { documents, blanks, ...probe } = await readProbe(tab)
        const rejections = probe.rejections.filter(({ document }) => document === documents.length)
        info.annotations.push({
          type: 'fault',
          description: JSON.stringify({
            engine: name,
            id: row.id,
            what: row.what,
            documents,
            rejections: rejections.length,
            blanks,
          }),
        })
        expect(waysOf(row), 'how each document of the visit came').toContainEqual(documents)
        expect(documents.length, 'one navigation more at the most').toBeLessThanOrEqual(2)
        expect(rejections, 'in the document that stays').toEqual([])
        // React reports a document that was cut, before it is reloaded.
        for (const { reason } of probe.rejections) expect(reason).toMatch(/React error #412/)
        expect(blanks, 'blank frames').toBe(0)
      })
    })
}
