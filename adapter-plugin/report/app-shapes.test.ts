// Proves what the build prints for typical apps, as tables that a person has checked: no page is gated or off because of this package.
// e2e proves what real builds of some of them print (rooted.spec.ts).

import { expect, it } from 'vitest'

import { toSettings } from '../config/options.ts'
import { classify, isServed } from '../pages/classify.ts'
import { elsewhereEntry } from '../pages/elsewhere.ts'
import { withinLimit } from '../pages/records.ts'
import { isWithoutShell } from '../pages/without-shell.ts'
import { contextOf } from '../test-context.ts'
import { toBuildReport } from './build-report.ts'
import { formatRouteTable } from './route-table.ts'
import { APP_SHAPES, type AppShape } from './test-app-shapes.ts'
import { suggestVouching } from './vouching.ts'

function tableOf({ pages, change, options = {} }: AppShape): string {
  const { settings } = toSettings(options)
  const context = contextOf(change)
  const classified = classify(pages, context, settings)
  const served = withinLimit(classified.filter(isServed), settings.maxConcretePages)
  const records: unknown = served
    .filter(({ candidate }) => !isWithoutShell(candidate))
    .map(({ candidate: { key, route, postponedState } }) => ({
      record: {
        key,
        route,
        kind: postponedState === undefined ? 'static' : 'resuming',
        state: [],
        shell: new Uint8Array(),
      },
    }))
  const elsewhere = elsewhereEntry(classified, context, settings)
  const report = toBuildReport('build', classified, records as Parameters<typeof toBuildReport>[2], elsewhere)
  return [formatRouteTable(report), suggestVouching(report)].filter((part) => part !== undefined).join('\n\n')
}

it('says of each layout how its pages are served, and why', async () => {
  const tables = APP_SHAPES.map((shape) => `## ${shape.name}\n\n${tableOf(shape)}\n`)
  await expect(tables.join('\n')).toMatchFileSnapshot('./app-shapes.snapshot.txt')
})

it('gates none of them by a rule of our own, and turns none off by one', () => {
  for (const shape of APP_SHAPES) expect(tableOf(shape), shape.name).not.toContain('sw.js')
})
