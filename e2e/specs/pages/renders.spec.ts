// What a visit costs the server, in every mode and behind every kind of rule: one render, whatever address leads to the page.

import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { verdictsSince } from '../../harness/builds/as-preload.ts'
import type { Relay } from '../../harness/relay.ts'

const ADDRESSES = [
  ['an instant page', '/open'],
  ['a page whose headers repeat its path', '/p/a'],
  ['a path that the build did not list', '/p/other'],
  ['a rewrite by next.config', '/docs/a'],
  ['a rewrite by next.config, of a path that the build did not list', '/docs/other'],
  ['a rewrite on a condition', '/rewritten'],
  ['a rewrite by the proxy', '/ab'],
  ['a guarded page', '/account'],
  ['an encoded slash', '/p/a%2Fb'],
  ['a query', '/open?a=1'],
] as const

/** Refusals cost no render. */
const isRender = (verdict: string): boolean => !verdict.endsWith('refused')

for (const appName of ['proxied', 'proxied-preload'] as const) {
  test.describe(appName, () => {
    test.use({ appName })

    for (const [kind, path] of ADDRESSES)
      test(`renders once at each visit: ${kind}`, async ({ page, profile, relay }) => {
        await profile.addCookies([{ name: 'session', value: 'ada', url: relay.origin }])
        await install(page, relay)
        for (const time of ['first', 'second', 'third']) {
          const since = relay.exchanges.length
          await visit(page, relay, path)
          await untilQuiet(relay)
          expect(verdictsSince(relay, since).filter(isRender), `the ${time} visit`).toHaveLength(1)
        }
      })
  })
}

/** A record that is asked for behind a page has come, so that the next visit is what it is about. */
async function untilQuiet(relay: Relay): Promise<void> {
  await expect.poll(() => relay.exchanges.every(({ isEnded }) => isEnded)).toBe(true)
}
