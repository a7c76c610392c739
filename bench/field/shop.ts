// Builds and serves the example as a shop would roll it out: pages send reports to its own collector, and the server sets the share of
// browsers that get the worker. There are two builds: a normal one, and one whose worker only waits.

import { existsSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, copyApp, packPackage, unpackPackage } from '../../e2e/harness/builds/build-app.ts'
import { appFolder, ROOT } from '../../e2e/harness/paths.ts'
import { type RunningServer, startServer } from '../../e2e/harness/servers/server.ts'
import { LATE_MS, SHARE } from './arms.ts'

const OWN_WORKER = "worker: './app/sw.ts'"

/** With SHELL_CACHE_KEEP_BUILDS the last run's builds are used again. */
export async function buildShops(): Promise<{ readonly shop: string; readonly late: string }> {
  const [shop, late] = [appFolder('bench-field'), appFolder('bench-field-late')]
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1' && existsSync(join(late, '.next', 'BUILD_ID')))
    return { shop, late }
  console.log('building the example')
  await rm(late, { recursive: true, force: true })
  const folder = await copyApp('bench-field', join(ROOT, 'examples', 'shop'))
  await unpackPackage(folder, await packPackage())
  const file = join(folder, 'next.config.ts')
  const config = await readFile(file, 'utf8')
  // Removes the app's own worker, which has no control group.
  if (!config.includes(OWN_WORKER)) throw new Error('the example has another config than this bench expects')
  await writeFile(file, config.replace(OWN_WORKER, 'rollout: 1'))
  await buildApp(folder, { SHOP_REPORTS: 'collected' })
  await cp(folder, late, { recursive: true })
  const script = join(late, '.next', 'static', 'shell-cache', 'sw.js')
  await writeFile(script, `${waitBeforePages(LATE_MS)}\n${await readFile(script, 'utf8')}`)
  return { shop, late }
}

/** @param reports - The file that its collector writes. */
export function serveShop(folder: string, reports: string): Promise<RunningServer> {
  return startServer(folder, { SHOP_REPORTS: reports, SHOP_DELAY_MS: '100', SHELL_CACHE_ROLLOUT: String(SHARE) })
}

/** A script before the worker's own: it takes each page from the network after a delay. A shell could hide that delay. */
function waitBeforePages(milliseconds: number): string {
  const answer = `new Promise((done)=>setTimeout(done,${milliseconds})).then(()=>fetch(event.request))`
  return `addEventListener('fetch',(event)=>{if(event.request.mode==='navigate'){event.stopImmediatePropagation();event.respondWith(${answer})}});`
}
