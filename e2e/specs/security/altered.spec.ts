// What a script of the origin (an XSS) has written to the worker's stores does not outlive its cause: a shell goes at the first answer
// of the origin, a chunk with the next deploy.

import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install, readWorkerBuild, untilWhole } from '../../engines/page.ts'

/** As a page's own script could: the hash that lies beside a shell is right, and so is its digest. */
async function alter(): Promise<{ chunks: number }> {
  const run = (name: string): string => `sessionStorage.setItem('${name}',1+Number(sessionStorage.getItem('${name}')));`
  let chunks = 0
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const response = request.url.endsWith('.js') ? await cache.match(request) : undefined
      if (!response) continue
      await cache.put(request, new Response(run('chunks') + (await response.text()), { headers: response.headers }))
      chunks++
    }
  }
  const done = <T>(asked: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error ?? new Error('no answer'))
    })
  const database = await done(indexedDB.open('next-shell-cache:/'))
  const read = database.transaction('records').objectStore('records')
  const [keys, rows] = await Promise.all([done(read.getAllKeys()), done(read.getAll())])
  const altered = await Promise.all(
    rows.map(async (row: { shell: Uint8Array<ArrayBuffer> }) => {
      const html = new TextDecoder().decode(row.shell).replace('<head>', `<head><script>${run('shells')}</script>`)
      const shell = new TextEncoder().encode(html)
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', shell))
      const base64 = btoa(String.fromCharCode(...hash))
      return { ...row, shell, shellHash: base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', '') }
    }),
  )
  const records = database.transaction('records', 'readwrite').objectStore('records')
  await Promise.all(altered.map((row, at) => done(records.put(row, keys[at]))))
  database.close()
  return { chunks }
}

/** What has run since it was last asked. */
function ran(): { shells: number; chunks: number } {
  const [shells, chunks] = ['shells', 'chunks'].map((name) => Number(sessionStorage.getItem(name)))
  sessionStorage.clear()
  return { shells: shells ?? 0, chunks: chunks ?? 0 }
}

test('shows an altered shell once, and runs an altered chunk until the next deploy and no longer', async ({
  tab,
  relay,
  next,
}) => {
  await install(tab, relay)
  expect((await tab.run(alter)).chunks).toBeGreaterThan(0)
  for (const path of ['/', '/whole']) {
    // The second visit is the network's where the first has shown the worker that its record is of no use.
    for (const shells of [1, 0]) {
      await tab.open(relay.origin + path)
      await untilWhole(tab)
      await until(tab, (stored) => !stored, isStored, path)
      const found = await tab.run(ran)
      expect(found.shells, `${path}, altered shells`).toBe(shells)
      expect(found.chunks, `${path}, altered chunks`).toBeGreaterThan(0)
    }
  }
  const former = await tab.run(readWorkerBuild)
  relay.turnTo(next.port)
  await tab.run(async () => void (await (await navigator.serviceWorker.ready).update()))
  await until(tab, (build) => build !== '' && build !== former, readWorkerBuild)
  await tab.run(ran)
  for (const path of ['/', '/p/a', '/whole']) {
    await tab.open(relay.origin + path)
    await untilWhole(tab)
  }
  expect(await tab.run(ran)).toEqual({ shells: 0, chunks: 0 })
})

/** Whether the altered record of a page is there still. */
async function isStored(path: string): Promise<boolean> {
  const asked = indexedDB.open('next-shell-cache:/')
  const database: IDBDatabase = await new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('no answer'))
  })
  const reading = database.transaction('records').objectStore('records').getAll()
  const rows: { key: string; shell: Uint8Array }[] = await new Promise((resolve) => {
    reading.onsuccess = () => resolve(reading.result)
  })
  database.close()
  return rows.some(({ key, shell }) => key === path && new TextDecoder().decode(shell).includes("setItem('shells'"))
}
