// Builds every app of the suite before the first test, once. What the builds printed is kept beside them for the tests.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, installApp, layOutApp, packPackage } from './build-app.ts'
import { startUpstream } from './canary.ts'
import { ROOT } from './paths.ts'

const LOWEST_NEXT = '16.2.5'

export default async function buildAll(): Promise<void> {
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] === '1') return
  const tarball = await packPackage()
  const source = (name: string): string => join(ROOT, 'e2e', 'apps', name)
  const shop = join(ROOT, 'examples', 'shop')
  // One at a time: two builds at once take longer than one after the other on two cores.
  await build(await layOutApp('shop', shop, tarball))
  await build(await layOutApp('shop-next', shop, tarball))
  await build(await layOutApp('plain', source('plain'), tarball), { SHELL_CACHE_SECRET: PLAIN_SECRET })
  await using upstream = await startUpstream()
  await build(await layOutApp('proxied', source('proxied'), tarball), { CANARY_UPSTREAM: upstream.url })
  await build(await installApp('lowest', source('bare'), tarball, LOWEST_NEXT))
}

/** The secret that the app `plain` is built and run with; the others generate a key. */
export const PLAIN_SECRET = 'not-a-secret-but-long-enough-to-be-one'

async function build(folder: string, env?: Record<string, string>): Promise<void> {
  const started = performance.now()
  const { output } = await buildApp(folder, env)
  await writeFile(join(folder, 'build.log'), output)
  console.log(`built ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}
