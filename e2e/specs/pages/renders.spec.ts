// What a visit costs the server, in every mode and behind every kind of rule: one render, whatever address leads to the page.

import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { verdictsSince } from '../../harness/builds/as-preload.ts'
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

/** A record that is asked for behind a page has come, so that the next visit is what it is about. */
async function untilQuiet(relay: Relay): Promise<void> {
  await expect.poll(() => relay.exchanges.every(({ isEnded }) => isEnded)).toBe(true)
}
