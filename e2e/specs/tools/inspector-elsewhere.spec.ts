// The inspector in browsers without static routes: there its own page and script go through the worker that simulates faults.

import type { Driver } from '../../engines/driver.ts'
import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { prepare, readState, untilWhole } from '../../engines/shop.ts'
import type { Relay } from '../../harness/servers/relay.ts'

test.use({ app: 'shop-inspected' })
for (const engine of ['firefox', 'webkit'] as const) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('draws a navigation, simulates that there is no network, and can be opened to end it', async ({
      tab,
      relay,
    }) => {
      await prepare(tab, relay, 'shop-inspected')
      await tab.open(`${relay.origin}/cart`)
      await untilWhole(tab)
      await openInspector(tab, relay)
      const drawn = await until(tab, (found) => found !== undefined, readNewest)
      expect(drawn).toMatchObject({ path: '/cart', outcome: 'instant' })
      expect(drawn?.lanes).toEqual(expect.arrayContaining(['Store', 'First byte, of the shell', 'Verdict', 'End']))

      await simulate(tab, 'offline')
      await tab.open(`${relay.origin}/`)
      // If React runs, the footer says so.
      await until(tab, ({ state }) => state === 'offline', readState)
      await openInspector(tab, relay)
      expect(await until(tab, (found) => found?.path === '/', readNewest)).toMatchObject({ outcome: 'instant' })
      expect(await tab.run(() => document.querySelector('.visits li')?.textContent ?? '')).toContain('made interactive')
      await simulate(tab, 'nothing')
      await tab.open(`${relay.origin}/products`)
      await untilWhole(tab)
    })
  })
}

async function openInspector(tab: Driver, relay: Relay): Promise<void> {
  await tab.open(`${relay.origin}/_shell-cache/inspector`)
  await until(
    tab,
    (text) => text.includes('10 shells of build'),
    () => document.querySelector('header')?.textContent ?? '',
  )
}

/** Chooses a simulation, and waits until the worker has confirmed it. */
async function simulate(tab: Driver, simulation: string): Promise<void> {
  await tab.run((value) => document.querySelector<HTMLInputElement>(`input[value=${value}]`)?.click(), simulation)
  await until(
    tab,
    (isSaid: boolean) => isSaid,
    (value: string) => document.querySelector<HTMLElement>('.simulated')?.hidden === (value === 'nothing'),
    simulation,
  )
}

type Drawn = { readonly path: string | null; readonly outcome: string | null; readonly lanes: (string | null)[] }

function readNewest(): Drawn | undefined {
  const visit = document.querySelector('.visits li')
  if (!visit) return undefined
  return {
    path: visit.getAttribute('data-path'),
    outcome: visit.getAttribute('data-outcome'),
    lanes: [...visit.querySelectorAll('.lane .name')].map((name) => name.textContent),
  }
}
