// Searches everything that is readable after a whole visit, in the browser (every response, its database, its caches) and in the server's
// log, for secrets: the postponed states, in the forms that they would have without the seal, must not be found.

import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

import { CANARIES } from '../../harness/builds/canary.ts'
import { filesBelow } from '../../harness/builds/build-app.ts'
import { expect, install, test, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { dataCacheOf, envelopeOf, OF_A_STATE, openWith, readKey, recordsOf, secretsOf } from './secrets.ts'
import { keptBytes, keptDigest } from '../../harness/in-page/stored.ts'
import { countPages } from '../../harness/in-page/store-reads.ts'

test('publishes states that only the key of this build opens', async () => {
  const key = await readKey('shop')
  const records = await recordsOf('shop', 'static')
  expect(records.length).toBeGreaterThan(5)
  for (const record of records) {
    expect(openWith(record, key), `${record.key} opens with the key`).toContain(OF_A_STATE)
    expect(() => openWith(record, Buffer.alloc(32)), `${record.key} with another`).toThrow()
    expect(inflated(envelopeOf(record).ciphertext), `${record.key} without any`).not.toContain(OF_A_STATE)
  }
})

/** About one ciphertext in a hundred begins like deflated data: inflating it gives a few meaningless bytes. */
function inflated(bytes: Uint8Array): string {
  try {
    return inflateRawSync(bytes).toString()
  } catch {
    return ''
  }
}

test('has canaries in a state: results of `use cache`, upstream bodies, headers and cookies', async () => {
  const record = (await recordsOf('proxied', 'static')).find(({ key }) => key === '/canary')
  if (!record) throw new Error('there is no record of /canary')
  const cache = dataCacheOf(openWith(record, await readKey('proxied')))
  // Bodies and results are base64.
  const values = [...cache.matchAll(/"(?:body|value)":"([^"]+)"/g)]
  const decoded = values.map(([, value]) => Buffer.from(value ?? '', 'base64').toString()).join('')
  for (const canary of CANARIES) expect(cache + decoded).toContain(canary)
})

for (const app of ['shop', 'proxied'] as const) {
  test(`publishes none of the secrets of ${app}`, async () => {
    const secrets = [...(await secretsOf(app)), ...CANARIES]
    expect(secrets.every((secret) => secret.length >= 12)).toBe(true)
    // `platform` has what the host's adapter was given (e2e/apps/proxied/platform-adapter.mjs).
    for (const place of app === 'proxied' ? ['static', 'platform'] : ['static']) {
      const files = await filesBelow(join(appFolder(app), '.next', place))
      expect(files.size).toBeGreaterThan(0)
      for (const [name, content] of files)
        for (const secret of secrets)
          expect(content.includes(Buffer.from(secret, 'latin1')), `a secret in ${place}/${name}`).toBe(false)
    }
  })
}

const VISITS = {
  shop: ['/', '/products', '/products/tide-lamp', '/products/rain-coat', '/cart', '/about'],
  proxied: ['/', '/canary', '/account', '/account', '/team/red', '/team/red', '/terms', '/terms', '/ab', '/login'],
} as const

for (const app of ['shop', 'proxied'] as const) {
  test.describe(app, () => {
    test.use({ appName: app })

    test('sends, stores and logs no secret in a whole visit', async ({ page, profile, relay, server }) => {
      await install(page, relay)
      await profile.addCookies([{ name: 'session', value: 'ann', url: relay.origin }])
      for (const path of VISITS[app]) await visit(page, relay, path)
      if (app === 'proxied') await expect.poll(() => keptDigest(page, '/account')).toBeDefined()
      const places = new Map([
        ['what the browser keeps', await keptBytes(page)],
        ['the log', Buffer.from(server.output())],
      ])
      for (const { method, url, answer, body } of relay.exchanges) {
        places.set(`${method} ${url}`, Buffer.concat([Buffer.from(JSON.stringify(answer)), body]))
      }
      // Proves that the search works: it finds words of the shells.
      const kept = places.get('what the browser keeps')
      expect(kept?.includes(app === 'shop' ? 'Tide Lamp' : 'account')).toBe(true)
      for (const [place, content] of places) {
        for (const secret of [...(await secretsOf(app)), ...CANARIES])
          expect(content.includes(Buffer.from(secret, 'latin1')), `a secret in ${place}`).toBe(false)
      }
    })
  })
}

test.describe('of pages that are kept as they were left', () => {
  test.use({ appName: 'copying', isProfileOwn: true })

  test('stores no readable word of what their holes showed', async ({ page, profile, relay }) => {
    const visitor = 'canary-of-a-visitor'
    await install(page, relay)
    await profile.addCookies([{ name: 'visitor', value: visitor, url: relay.origin }])
    for (const path of ['/p/a', '/', '/p/a']) await visit(page, relay, path)
    await expect(page.locator('[data-hole=visitor]')).toHaveText(visitor)
    await expect.poll(() => page.evaluate(countPages)).toBe(3)
    expect(relay.exchanges.some(({ body }) => body.includes(visitor))).toBe(true)
    expect((await keptBytes(page)).includes(visitor)).toBe(false)
  })
})
