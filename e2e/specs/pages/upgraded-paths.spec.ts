// `partialPrefetching`: Next renders each path of a route on its own after the path's first request. What it then has must not make the
// page reload in a browser that has the shell of the route.

import type { Page } from '@playwright/test'

import { verdictsSince } from '../../harness/builds/as-preload.ts'
import { expect, expectHydrated, install, test, visit } from '../../harness/fixtures.ts'
import { keptDigest, untilTold } from '../../harness/in-page/stored.ts'
import { ask } from '../../harness/raw.ts'

test.use({ appName: 'plain-upgraded', isVisitorKept: true })

/** Next keeps on disk what it has rendered, beyond the end of a server. */
const newName = (): string => `asked-${Date.now()}`

/** Requests a path as somebody else until Next no longer sends it with the head that only its first response has. */
async function untilUpgraded(port: number, path: string): Promise<void> {
  const headOf = async (): Promise<string> => {
    const { headers } = await ask(port, { path, method: 'GET' })
    return ['x-nextjs-prerender', 'x-nextjs-postponed'].filter((name) => headers[name] !== undefined).join()
  }
  const first = await headOf()
  expect(first).toBe('x-nextjs-prerender,x-nextjs-postponed')
  await expect.poll(headOf).not.toBe(first)
}

/** How the document that the tab has now came to it. */
function wayOf(page: Page): Promise<string> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('navigation')
      .map((entry) => entry.toJSON().type)
      .join(),
  )
}

for (const [route, pathFor, heading] of [
  ['/all/[...rest]', (name: string) => `/all/${name}/before`, (name: string) => `${name} before`],
  ['/shelf/[kind]/[id]', (name: string) => `/shelf/tools/${name}`, (name: string) => `tools ${name}`],
] as const)
  test(`opens without a reload a path of ${route} that Next has made a whole document, and from its record at the next visit`, async ({
    page,
    relay,
    server,
  }) => {
    const name = newName()
    const stored = pathFor(name)
    const path = `/docs${stored}/`
    await install(page, relay, '/docs/')
    await untilUpgraded(server.port, path)
    const since = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBeUndefined()
    await expect(page.getByRole('heading')).toHaveText(heading(name))
    expect(await wayOf(page)).toBe('navigate')
    expect(verdictsSince(relay, since)).toEqual(['GET whole'])
    await expect.poll(() => keptDigest(page, stored)).toBeDefined()
    await untilTold(page, stored)
    expect((await visit(page, relay, path)).outcome).toBe('static')
    await expectHydrated(page)
  })

test('opens at once a page of such a route that the build has prerendered', async ({ page, relay }) => {
  await install(page, relay, '/docs/')
  expect((await visit(page, relay, '/docs/shelf/tools/saw/')).outcome).toBe('static')
  await expectHydrated(page)
})

for (const route of ['p', 'live'])
  test(`opens from the shell of its route a path of /${route} that Next has rendered on its own, and that has holes`, async ({
    page,
    relay,
    server,
  }) => {
    const name = newName()
    const path = `/docs/${route}/${name}/`
    await install(page, relay, '/docs/')
    await untilUpgraded(server.port, path)
    const since = relay.exchanges.length
    expect((await visit(page, relay, path)).outcome).toBe('instant')
    await expect(page.getByRole('heading')).toHaveText(name)
    await expectHydrated(page)
    expect(await wayOf(page)).toBe('navigate')
    expect(verdictsSince(relay, since)).toEqual(['GET resumed'])
  })
