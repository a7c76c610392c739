// Next's own protocol (option `transport: 'next-resume'`), with an origin that implements Next's guide without this package, and with a
// plain `next start`, which refuses it.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, expectHydrated, install, pageRequests, test, untilControlled, visit } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import { OF_A_STATE } from '../security/secrets.ts'
import { startCustomServer } from '../../harness/servers/server.ts'
import { keptBytes, keptRecords } from '../../harness/in-page/stored.ts'

test.use({ appName: 'guide' })

test('says in the build what it discloses', async () => {
  expect(await readFile(join(appFolder('guide'), 'build.log'), 'utf8')).toMatch(
    /\[shell-cache\] `postponedState: 'raw'` is set\. The postponed state of every page is published unencrypted: .*\. Keep secrets out/,
  )
})

test('resumes by the letter of the guide', async ({ page, relay }) => {
  await using origin = await startCustomServer(appFolder('guide'), 'guide-origin.mjs')
  relay.turnTo(origin.port)
  await install(page, relay)
  expect((await untilControlled(page)).records).toBeGreaterThan(4)
  expect((await keptBytes(page)).includes(OF_A_STATE), 'states lie in the open').toBe(true)
  for (const [path, key] of [
    ['/', '/'],
    ['/p/a', '/p/a'],
    ['/p/other', '/p/[slug]'],
  ] as const) {
    const before = pageRequests(relay).length
    const { response, outcome } = await visit(page, relay, path)
    expect(outcome).toBe('instant')
    expect(pageRequests(relay).slice(before)).toEqual([`POST ${path}`])
    const asked = relay.exchanges.findLast(({ method }) => method === 'POST')
    expect(asked?.headers['next-resume']).toBe('1')
    expect(
      Object.keys({ ...asked?.headers, ...asked?.answer }).filter((name) => name.startsWith('shell-cache')),
    ).toEqual([])
    const shell = (await keptRecords(page)).find((record) => record.key === key)?.shell ?? Buffer.alloc(0)
    expect((await response.body()).equals(Buffer.concat([shell, asked?.body ?? Buffer.alloc(0)]))).toBe(true)
    await expectHydrated(page)
  }
  expect(origin.output().match(/resumed by the guide/g)).toHaveLength(3)
})

test('splices the whole document if the protocol is not known', async ({ page, relay }) => {
  await install(page, relay)
  // Next 16.4.6 strips the header and answers the POST with the page.
  const before = pageRequests(relay).length
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(before)).toEqual(['POST /p/a'])
  expect(relay.exchanges.findLast(({ method }) => method === 'POST')?.body.toString()).toMatch(/^<!DOCTYPE html>/)
  await expectHydrated(page)
  relay.fault = ({ method }) => (method === 'POST' ? { status: 405 } : undefined)
  expect((await visit(page, relay, '/p/a')).outcome).toBe('instant')
  expect(pageRequests(relay).slice(-2)).toEqual(['POST /p/a', 'GET /p/a'])
  await expectHydrated(page)
})
