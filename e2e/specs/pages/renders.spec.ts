// What a visit costs the server, in every mode and with every kind of rule: one render, whatever address leads to the page.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parseManifest } from '../../../protocol/build/manifest.ts'
import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { verdictsSince } from '../../harness/builds/as-preload.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'

const ADDRESSES = [
  ['an instant page', '/open', 'instant'],
  ['a page whose headers repeat its path', '/p/a', 'instant'],
  ['a path that the build did not list', '/p/other', 'gated'],
  ['a rewrite by next.config', '/docs/a', 'gated'],
  ['a rewrite by next.config, of a path that the build did not list', '/docs/other', 'gated'],
  ['a rewrite on a condition', '/rewritten', 'gated'],
  ['a rewrite by the proxy', '/ab', 'gated'],
  ['a guarded page', '/account', 'gated'],
  ['an encoded slash', '/p/a%2Fb', undefined],
  ['a query', '/open?a=1', 'instant'],
] as const

/** Refusals cost no render. */
const isRender = (verdict: string): boolean => !verdict.endsWith('refused')

for (const appName of ['proxied', 'proxied-preload'] as const) {
  test.describe(appName, () => {
    test.use({ appName, isVisitorKept: true })

    for (const [kind, path, outcome] of ADDRESSES)
      test(`renders once at each visit, and the third from a shell if there is one: ${kind}`, async ({
        page,
        profile,
        relay,
      }) => {
        await profile.addCookies([{ name: 'session', value: 'ada', url: relay.origin }])
        await install(page, relay)
        let shown: string | undefined
        for (const time of ['first', 'second', 'third']) {
          const since = relay.exchanges.length
          shown = (await visit(page, relay, path)).outcome
          await untilQuiet(relay)
          expect(verdictsSince(relay, since).filter(isRender), `the ${time} visit`).toHaveLength(1)
        }
        expect(shown).toBe(outcome)
      })
  })
}

for (const appName of ['shop-preload', 'rooted'] as const) {
  test.describe(appName, () => {
    test.use({ appName, isVisitorKept: true })

    test('renders at most once at each visit, whatever page of the build it is', async ({ page, relay, expected }) => {
      test.slow()
      expected.push(/status of 404/, /Minified React error #4(12|19)/)
      await install(page, relay)
      const paths = await publishedPaths(appName)
      expect(paths.length).toBeGreaterThan(5)
      for (const path of [...paths, ...paths]) {
        const since = relay.exchanges.length
        await visit(page, relay, path)
        await untilQuiet(relay)
        const renders = verdictsSince(relay, since).filter(isRender)
        expect(renders.length, `${path}: ${renders.join(', ')}`).toBeLessThanOrEqual(1)
      }
    })
  })
}

/** A path for every record that browsers get; for each pattern, one that the build has not listed. */
async function publishedPaths(appName: AppName): Promise<readonly string[]> {
  const folder = join(appFolder(appName), '.next', 'static', 'shell-cache')
  const name = (await readdir(folder)).find((file) => file.startsWith('manifest.')) ?? ''
  const parsed = parseManifest(JSON.parse(await readFile(join(folder, name), 'utf8')))
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.manifest.entries.map(({ key }) => key.replaceAll(/\[{1,2}[^\]]+\]{1,2}/g, 'unlisted'))
}

/** Waits until a record that was requested after a page has arrived, so that the next visit uses it. */
async function untilQuiet(relay: Relay): Promise<void> {
  await expect.poll(() => relay.exchanges.every(({ isEnded }) => isEnded)).toBe(true)
}
