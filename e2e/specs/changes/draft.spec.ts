// Draft mode: an editor sees drafts from the redirect that turns it on. After it is off, published pages come from this browser again.

import { expect, test } from '../../harness/fixtures.ts'
import { requestsFor, install, open } from './fresh.ts'

for (const appName of ['fresh', 'fresh-preload'] as const) {
  test.describe(appName, () => {
    test.use({ appName, isVisitorKept: true })

    for (const [kind, path, outcome] of [
      ['a static page', '/post', 'static'],
      ['a page with holes', '/post/live', 'instant'],
    ] as const)
      test(`shows an editor the draft of ${kind}, one document a visit`, async ({ page, relay }) => {
        await install(page, relay)
        expect(await open(page, relay, path)).toMatchObject({ name: 'published', outcome })
        for (const way of [`/api/draft?to=${path}`, path, path]) {
          const since = relay.exchanges.length
          expect(await open(page, relay, way), way).toMatchObject({ name: 'draft', outcome: 'network' })
          expect(requestsFor(relay, path, since), way).toEqual(['GET'])
        }
        expect(await open(page, relay, `/api/draft?off&to=${path}`)).toMatchObject({ name: 'published', outcome })
        expect(await open(page, relay, path)).toMatchObject({ name: 'published', outcome })
      })

    test('shows shells again if Next’s cookie is gone', async ({ page, profile, relay }) => {
      await install(page, relay)
      await open(page, relay, '/api/draft?to=/post')
      await profile.clearCookies({ name: '__prerender_bypass' })
      expect(await open(page, relay, '/post')).toMatchObject({ name: 'published', outcome: 'network' })
      expect(await open(page, relay, '/post')).toMatchObject({ name: 'published', outcome: 'static' })
    })
  })
}
