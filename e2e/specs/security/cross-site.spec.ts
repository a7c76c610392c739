// A link of another site, with a cookie that only this site's own navigations may carry: in every browser the server sees the same as
// without a worker.

import { ENGINES } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { forgetProbe, install, readProbe, untilWhole } from '../../engines/page.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('makes no request of its own for what a link of another site leads to', async ({ tab, relay }) => {
      const links = ['', 'rel="noreferrer"'].map(
        (hidden, at) => `<a ${hidden} href="${relay.origin}/?from=${at}">x</a>`,
      )
      await using site = await serveOnAnotherSite(`<!doctype html>${links.join('')}`)
      await install(tab, relay)
      await tab.run(() => void (document.cookie = 'strict=1; SameSite=Strict; path=/'))
      await forgetProbe(tab)
      for (const at of [0, 1]) {
        await tab.open(site.origin)
        await tab.run((index) => void setTimeout(() => document.querySelectorAll('a')[index]?.click()), at)
        await untilWhole(tab)
      }
      // The same page, opened from this site: the cookie is sent.
      await tab.open(`${relay.origin}/?from=2`)
      await untilWhole(tab)
      const asked = relay.exchanges.flatMap(({ method, url, headers }) => {
        const [, from] = /^\/\?from=(\d)/.exec(url) ?? []
        const isPage = from !== undefined && headers['shell-cache-record'] === undefined
        // If a worker passes a navigation on, Firefox 153 and WebKitGTK 2.50 mark it as same-origin (docs/security.md).
        const site = engine === 'chromium' ? headers['sec-fetch-site'] : undefined
        return isPage ? [JSON.stringify([from, method, headers.cookie, site])] : []
      })
      const [foreign, own] = engine === 'chromium' ? ['cross-site', 'same-origin'] : []
      // WebKit repeats the first request in another process.
      expect([...new Set(asked)]).toEqual(
        [
          ['0', 'GET', undefined, foreign],
          ['1', 'GET', undefined, foreign],
          ['2', 'POST', 'strict=1', own],
        ].map((row) => JSON.stringify(row)),
      )
      expect((await readProbe(tab)).documents).toEqual(['instant', 'instant', 'instant'])
    })
  })
}
