// What a script of an attacker has left in a browser's stores does not outlive its cause (docs/security.md, After an XSS): an altered script
// is not run from the next deploy on, wherever it lies, and an altered shell is shown once.

import { type Driver, ENGINES, type Engine, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { install, readWorkerBuild, takeUpdate, untilLazyAssets, untilStill, untilWhole } from '../../engines/page.ts'

/** Puts a copy of each stored script that says when it ran into a cache: the build's own where no name is given. */
async function alterScripts(name: string | undefined, headers: Record<string, string>): Promise<number> {
  const [own = ''] = await caches.keys()
  const cache = await caches.open(own)
  const place = await caches.open(name ?? own)
  const scripts = (await cache.keys()).filter(({ url }) => url.endsWith('.js'))
  for (const request of scripts) {
    const text = (await (await cache.match(request))?.text()) ?? ''
    const altered = `sessionStorage.setItem('altered', String(1 + Number(sessionStorage.getItem('altered'))));${text}`
    const answer = { headers: { 'content-type': 'text/javascript', vary: Object.keys(headers).join() } }
    await cache.delete(request)
    await place.put(new Request(request.url, { headers }), new Response(altered, answer))
  }
  return scripts.length
}

/** Puts a script into a stored shell, with the hash that goes with it. */
async function alterShell(key: string, script: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await done(indexedDB.open('next-shell-cache:/'))
  const records = (): IDBObjectStore => database.transaction('records', 'readwrite').objectStore('records')
  const all: { key: string; buildId: string; shell: Uint8Array<ArrayBuffer>; shellHash: string }[] = await done(
    records().getAll(),
  )
  const record = all.find((found) => found.key === key)
  if (!record) throw new Error(`${key} is not stored`)
  const shell = new TextEncoder().encode(
    new TextDecoder().decode(record.shell).replace('<head>', `<head><script>${script}</script>`),
  )
  const hash = String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', shell)))
  const shellHash = btoa(hash).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  await done(records().put({ ...record, shell, shellHash }, [record.buildId, key]))
  database.close()
}

/** How often something altered has run in this tab. */
function timesRun(tab: Driver): Promise<number> {
  return tab.run(() => Number(sessionStorage.getItem('altered')))
}

const COUNTED = `sessionStorage.setItem('altered', String(1 + Number(sessionStorage.getItem('altered'))));`

/** Chromium answers by a static route: from every cache of the origin, and as the requests say. Elsewhere the worker looks in its own. */
const PLACES: readonly (readonly [
  where: string,
  name: string | undefined,
  headers: Record<string, string>,
  engines: readonly Engine[],
])[] = [
  ['the build’s own cache', undefined, {}, ENGINES],
  ['a cache of another name', 'another', {}, ['chromium']],
  ['the build’s own cache for other requests', undefined, { 'x-other': '1' }, ['firefox', 'webkit']],
]

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    for (const [where, name, headers] of PLACES.filter(([, , , engines]) => engines.includes(engine)))
      test(`runs no script that was put into ${where} from the next deploy on`, async ({ tab, relay, next }) => {
        await using site = await serveOnAnotherSite('<!doctype html>')
        await install(tab, relay)
        await tab.open(`${relay.origin}/lazy`)
        await untilWhole(tab)
        await untilLazyAssets(tab, 'faults')
        expect(await tab.run(alterScripts, name, headers)).toBeGreaterThan(5)
        // The one script that the memory of the browser has not yet.
        await tab.run(() => document.querySelector<HTMLElement>('[data-testid=load]')?.click())
        const isLoaded = () => document.querySelector('[data-testid=load]')?.textContent?.startsWith('loaded') ?? false
        await until(tab, Boolean, isLoaded)
        expect(await timesRun(tab), 'the attack works').toBe(1)
        const before = await tab.run(readWorkerBuild)
        relay.turnTo(next.port)
        await takeUpdate(tab, before)
        await tab.run(() => sessionStorage.removeItem('altered'))
        for (const path of ['/whole', '/', '/lazy', '/']) {
          // Another site's page between, for a process whose memory holds no script.
          await tab.open(site.origin)
          await tab.open(relay.origin + path)
          await untilWhole(tab)
          expect(await timesRun(tab), path).toBe(0)
        }
      })

    for (const [path, doing, script] of [
      ['/', 'runs a script', COUNTED],
      ['/whole', 'runs a script', COUNTED],
      // Nothing of what follows the shell is read, which would say that the shell is another one.
      ['/', 'stops the page', `${COUNTED}window.stop()`],
    ] as const)
      test(`shows ${path} once from a shell that some script has altered and that ${doing}`, async ({ tab, relay }) => {
        await install(tab, relay)
        await tab.open(`${relay.origin}/p/a`)
        await untilWhole(tab)
        await tab.run(alterShell, path, script)
        await tab.open(relay.origin + path)
        const count = () => Number(sessionStorage.getItem('altered'))
        await until(tab, (times) => times === 1, count)
        if (script === COUNTED) await untilStill(tab)
        for (const next of ['/p/a', path, '/p/a', path]) {
          await tab.open(relay.origin + next)
          await untilWhole(tab)
        }
        expect(await tab.run(count)).toBe(1)
      })
  })
}
