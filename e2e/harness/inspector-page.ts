// Opens the inspector in its own tab, and reads its timelines and tables.

import type { BrowserContext, Locator, Page } from '@playwright/test'

import { expect } from './fixtures.ts'
import type { Relay } from './servers/relay.ts'

/** Resolves when the inspector shows what is stored. */
export async function openInspector(profile: BrowserContext, relay: Relay): Promise<Page> {
  const inspector = await profile.newPage()
  await inspector.goto(`${relay.origin}/_shell-cache/inspector`)
  await expect(inspector.getByRole('heading', { name: 'Options' })).toBeVisible()
  await expect(inspector.getByText(/10 shells of build/)).toBeVisible()
  return inspector
}

/** The last navigations, newest first. */
export function visitsIn(inspector: Page): Locator {
  return inspector.getByRole('region', { name: 'Last navigations' }).getByRole('listitem')
}

/** A lane in the timeline of a visit. */
export function lane(visited: Locator, name: string): Locator {
  return visited.locator('.lane').filter({ hasText: name })
}

/** No bar starts further left than the bar before it. */
export async function expectInOrder(visited: Locator, names: readonly string[]): Promise<void> {
  const starts: number[] = []
  for (const name of names) {
    const box = await lane(visited, name).locator('.bar').boundingBox()
    starts.push(Math.round(box?.x ?? NaN))
  }
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
}

/** The cells of a key's row in the table of stored shells, by column name. */
export async function cellsOf(inspector: Page, key: string): Promise<Record<string, string>> {
  const row = inspector
    .getByRole('region', { name: 'Stored in this browser' })
    .getByRole('row')
    .filter({
      has: inspector.getByRole('rowheader', { name: key, exact: true }),
    })
  await expect(row).toHaveCount(1)
  const cells = await row
    .getByRole('cell')
    .evaluateAll((all) => all.map((cell) => [cell.getAttribute('data-label'), cell.textContent]))
  return Object.fromEntries(cells)
}
