// What an attacker's script leaves in a browser's stores does not survive the fix (docs/security.md, After an XSS): from the next deploy
// on an altered script is never run, wherever it is stored, and an altered shell is shown only once.

import { type Driver, ENGINES, type Engine, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { serveOnAnotherSite } from '../../harness/hosts/other-site.ts'
import { install, readWorkerBuild, takeUpdate, untilLazyAssets, untilStill, untilWhole } from '../../engines/page.ts'

/** Puts an altered copy of each stored script, which notes when it runs, into a cache; without a name, into the build's own. */
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

/** Puts a script into a stored shell, with the matching hash. */
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

/** How often altered code has run in this tab. */
function timesRun(tab: Driver): Promise<number> {
  return tab.run(() => Number(sessionStorage.getItem('altered')))
}

const COUNTED = `sessionStorage.setItem('altered', String(1 + Number(sessionStorage.getItem('altered'))));`

/** Chromium's static route looks in all caches of the origin and respects `Vary`. Elsewhere the worker looks only in its own cache. */
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
        // The only script that is not yet in the browser's memory.
        await tab.run(() => document.querySelector<HTMLElement>('[data-testid=load]')?.click())
        const isLoaded = () => document.querySelector('[data-testid=load]')?.textContent?.startsWith('loaded') ?? false
        await until(tab, Boolean, isLoaded)
        expect(await timesRun(tab), 'the attack works').toBe(1)
        const before = await tab.run(readWorkerBuild)
        relay.turnTo(next.port)
        await takeUpdate(tab, before)
        await tab.run(() => sessionStorage.removeItem('altered'))
        for (const path of ['/whole', '/', '/lazy', '/']) {
          // Another site's page in between, so that a new process has no script in memory.
          await tab.open(site.origin)
          await tab.open(relay.origin + path)
          await untilWhole(tab)
          expect(await timesRun(tab), path).toBe(0)
        }
      })

    for (const [path, doing, script] of [
      ['/', 'runs a script', COUNTED],
      ['/whole', 'runs a script', COUNTED],
      // Then the page reads nothing after the shell, not even the message that the shell is wrong.
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
