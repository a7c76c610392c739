// Every answer of an app has the status and the headers that it has without the package: `next start` of two builds of the same sources.
// Not asked for is what the package is documented to change: its own URLs, its own requests, server actions, draft mode, a preload of
// another build.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { decodeRecord } from '../../../protocol/record/record-codec.ts'
import type { ShellRecord } from '../../../protocol/record/record.ts'
import { VERDICT_HEADER } from '../../../protocol/wire.ts'
import { PLAIN_SECRET } from '../../harness/builds/build-apps.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { comparable, toTexts } from '../../harness/headers.ts'
import { appFolder, type AppName } from '../../harness/paths.ts'
import { ask } from '../../harness/raw.ts'
import {
  askWhole,
  comparableHeads,
  headerOf,
  inAnyOrder,
  type WholeAnswer,
  withoutVerdict,
} from '../../harness/whole-answers.ts'
import { aPathOf, everyWay, pathFor, readBuild, SIGNED_IN, type WalkedApp, type Way } from './every-request.ts'

/** A path that no one has asked for yet; what the rules are for; what is spelled otherwise; what is no page. */
const OTHERS = {
  rooted: `/posts/NEW /posts/static-NEW /posts/nothing-NEW /gone-NEW /a%2Fb /caf%C3%A9 /%E0%A4%A /no/such/page/at/all
    /old-post /Old-Post /archive/2020 /featured /deep/old/address /listed/ /Listed /listed?q=1 //listed /legacy/
    /_next/data/BUILD/legacy.json /_next/data/BUILD/legacy/7.json /_next/data/other/legacy.json
    /file.txt /sw /_shell-cache /api/nothing`,
  proxied: `/p/NEW /listed/NEW /team/NEW /echo/NEW /site /site/NEW /site/en/p/NEW /site/NEW/p/more
    /docs/a /docs/NEW/more /seen/elsewhere /moved /p/a/ /p/a?q=1 /_next/nothing /robots.txt`,
  // Below the base path, as the build names its pages, too: Next redirects what does not end in a slash.
  plain: `/ /still/ /large/ /p/a/ /p/NEW/ /p/NEW /p/new/ /p/feed/ /p/k%C3%A4se/ /all/NEW/one/ /all/ /spelled/a+b/
    /spelled/a%2Bb/ /still/?q=1 //still/ /p/file.txt /p/file.txt/ /no/such/page/ /icon.svg /_next/nothing`,
}

/** Other apps have generated their key at the build. */
const SECRET: Readonly<Partial<Record<AppName, Record<string, string>>>> = {
  plain: { SHELL_CACHE_SECRET: PLAIN_SECRET },
}

/** What a proxy adds comes too late for a shell that an option vouches for. */
const VOUCHED = ['/vouched']

const SEEN = {
  rooted: ['200', '201', '206', '304', '307', '308', '400', '404', '405', 'resumed', 'whole'],
  proxied: ['200', '206', '304', '307', '308', '400', '403', '404', '405', '500', 'resumed', 'whole'],
  plain: ['200', '206', '304', '308', '400', '404', '405', '500', 'resumed', 'whole'],
}

for (const app of ['rooted', 'proxied', 'plain'] as const)
  test.describe(app, () => {
    test.use({ appName: app, isServerOwn: true, serverEnv: SECRET[app] ?? {} })

    test('answers every request with the headers that it has without the package', async ({ server, servers }) => {
      const without = await servers.get(appFolder(`${app}-without`), {})
      const others = OTHERS[app].split(/\s+/)
      const newName = `new-${Date.now()}`
      const ours = await readBuild(app, others, newName)
      const theirs = await readBuild(`${app}-without`, others, newName)
      expect(ours.paths.length).toBe(theirs.paths.length)
      const seen = new Set<string>()
      const differences: object[] = []
      for (const [at, path] of ours.paths.entries())
        for (const way of everyWay(app, ours, path)) {
          const [own, plain] = await Promise.all([
            askIn(way, server.port, path),
            askIn(way, without.port, theirs.paths[at] ?? ''),
          ])
          const verdict = headerOf(own, VERDICT_HEADER)?.split(';')[0] ?? 'whole'
          seen.add(verdict).add(String(plain.status))
          const [head, expected] =
            verdict === 'whole'
              ? comparableHeads(own, plain)
              : comparableHeads(inAnyOrder(withoutVerdict(own)), inAnyOrder(plain))
          if (head !== expected) differences.push({ path, way: way.name, head, expected })
        }
      expect(differences).toEqual([])
      expect([...seen].toSorted()).toEqual(SEEN[app])
    })

    test('stores each page with the headers that it has without the package', async ({ servers }) => {
      const without = await servers.get(appFolder(`${app}-without`), {})
      const records = await publishedRecords(app)
      for (const { key, headers } of records.filter((record) => !VOUCHED.includes(record.key))) {
        const path = addressOf(app, aPathOf(key, `new-${Date.now()}`))
        const plain = await ask(without.port, { path, method: 'GET', headers: SIGNED_IN })
        const { 'set-cookie': _cookie, ...network } = toTexts(plain.headers)
        expect({ key, ...comparable(Object.fromEntries(headers)) }).toEqual({ key, ...comparable(network) })
      }
      expect(records.length).toBeGreaterThan(5)
    })
  })

/** A page's path as browsers ask for it. */
function addressOf(app: WalkedApp, path: string): string {
  return app === 'plain' ? `/docs${path}`.replace(/\/?$/, '/') : path
}

async function askIn(way: Way, port: number, path: string): Promise<WholeAnswer> {
  const headers = { host: 'app.test', ...way.headers }
  return askWhole(port, { path: await pathFor(way, path), method: way.method, headers })
}

async function publishedRecords(app: AppName): Promise<readonly ShellRecord[]> {
  const folder = join(appFolder(app), '.next', 'static', 'shell-cache')
  const frames = (await readdir(folder)).filter((name) => name.startsWith('record.'))
  const decoded = frames.map(async (name) => decodeRecord(new Uint8Array(await readFile(join(folder, name)))))
  return (await Promise.all(decoded)).flatMap((read) => (read.ok ? [read.record] : []))
}
