// Behind nginx, as examples/nginx has it: a resume gets through, streams, and is refused as it is without it.

import { once } from 'node:events'
import { request } from 'node:http'

import { expect, expectHydrated, install, pageRequests, test, visit } from '../../harness/fixtures.ts'
import { NGINX, startNginx } from '../../harness/hosts/nginx.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, verdictOf } from '../../harness/raw.ts'

test.skip(NGINX === undefined, 'there is no nginx on this machine')
test.use({ appName: 'proxied' })

test('opens pages from their shells', async ({ page, profile, relay, server }) => {
  await using nginx = await startNginx(server.port)
  relay.turnTo(nginx.port)
  await install(page, relay)
  const before = pageRequests(relay).length
  expect((await visit(page, relay, '/open')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /open'])
  await expectHydrated(page)
  await page.goto(`${relay.origin}/account`)
  expect(page.url(), 'the proxy sees the address that the visitor sees').toBe(`${relay.origin}/login?from=/account`)
  await profile.addCookies([{ name: 'session', value: 'ann', url: relay.origin }])
  await visit(page, relay, '/account')
  await expect.poll(async () => (await visit(page, relay, '/account')).outcome).toBe('gated')
})

test('sends each part of a resume when it is there', async ({ server }) => {
  await using nginx = await startNginx(server.port)
  const { reference } = await originFiles('proxied')
  const headers = reference('/echo/known')
  const asked = request({ port: nginx.port, host: 'localhost', path: '/echo/known?wait=2000', method: 'POST', headers })
  asked.end()
  const [answer] = await once(asked, 'response')
  const [first] = await once(answer, 'data')
  // A buffering proxy has one part, with everything in it.
  expect(String(first)).not.toContain('id="echo"')
  const rest: Buffer[] = await answer.toArray()
  expect(Buffer.concat(rest).toString()).toContain('id="echo"')
})

test('refuses what it refuses without nginx', async ({ server }) => {
  await using nginx = await startNginx(server.port)
  const { reference } = await originFiles('proxied')
  const known = reference('/echo/known')
  for (const [headers, path, status, reason] of [
    [{ ...known, 'sec-fetch-site': 'cross-site' }, '/echo/known', 403, 'foreign'],
    [{ ...known, 'content-encoding': 'gzip' }, '/echo/known', 415, 'encoding'],
    [known, '/echo/a%2Fb', 400, 'malformed'],
    [reference('/account'), '/account', 409, 'route'],
  ] as const) {
    const answer = await ask(nginx.port, { path, headers })
    expect([answer.status, verdictOf(answer)]).toEqual([status, `refused; reason=${reason}`])
  }
})
