// The apps in which a first visit is measured, and their builds: what a worker might download grows with the number of pages.

import { existsSync } from 'node:fs'
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildApp, packPackage } from '../../e2e/harness/builds/build-app.ts'
import { appFolder, ROOT } from '../../e2e/harness/paths.ts'
import { type RunningServer, startServer } from '../../e2e/harness/servers/server.ts'
import { layOutBench } from '../apps.ts'

export type Size = { readonly pages: number; readonly inlineCss: boolean }

/** An app of ten thousand pages takes long to build, so only BENCH_PAGES=10000 measures it. */
export const SIZES: readonly Size[] = [
  { pages: 5, inlineCss: false },
  { pages: 70, inlineCss: false },
  { pages: 120, inlineCss: true },
]

/** The size of a real site's stylesheet, which `inlineCss` puts into each record. */
const RULES = 400

export async function serveApp({ pages, inlineCss }: Size, arm: 'plain' | 'ours'): Promise<RunningServer> {
  const name = `bench-first-${pages}-${arm}`
  const env = { BENCH_ARM: arm, PAGES: String(pages), INLINE_CSS: inlineCss ? '1' : '0' }
  const isThere = existsSync(join(appFolder(name), '.next', 'BUILD_ID'))
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] !== '1' || !isThere) {
    console.log(`building the app: ${name}`)
    const folder = await layOutBench(name, await packPackage())
    await cp(join(ROOT, 'bench', 'first-visit', 'app'), folder, { recursive: true })
    for (const route of ['large', 'storefront']) await rm(join(folder, 'app', route), { recursive: true })
    await writeFile(join(folder, 'app', 'look.css'), stylesheet(), { flag: 'a' })
    await buildApp(folder, env)
  }
  return startServer(appFolder(name), env)
}

function stylesheet(): string {
  const rules = Array.from(
    { length: RULES },
    (_none, at) => `.rule-${at} { margin: ${at}px ${at % 7}px; color: hsl(${at} 50% ${at % 90}%); }`,
  )
  return `\n${rules.join('\n')}\n`
}
