// The scripts of this package that run in browsers, each built as one file without imports. Their names are needed before the app is
// built.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { WorkerConfig } from '../protocol/build/worker-config.ts'

const BUILT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Next to the built adapter. */
export const SCRIPTS: string = join(BUILT, 'worker-bundle')

/** What an own worker imports as `next-shell-cache/sw`: sw/entries/own-worker.ts, or sw/entries/without-shells.ts to remove the shells. */
export const WORKER_ENTRIES: { readonly shells: string; readonly none: string } = {
  shells: join(BUILT, 'worker', 'sw.js'),
  none: join(BUILT, 'worker', 'without-shells.js'),
}

/** The default worker, as the smallest bundle that has what `inspector`, `debug`, `offlineCopies` and `'prefix'` need. */
export async function defaultWorker(config: WorkerConfig, folder: string): Promise<string> {
  const script = await readFile(join(folder, `${bundleFor(config)}.js`), 'utf8')
  return `${script};ShellCacheWorker.installShellCache(${JSON.stringify(config)})\n`
}

function bundleFor({ inspector, debug, offlineCopies, transport }: WorkerConfig): 'sw' | 'sw-copying' | 'sw-inspected' {
  if (inspector || debug) return 'sw-inspected'
  return offlineCopies.length > 0 || transport === 'prefix' ? 'sw-copying' : 'sw'
}

/** sw/entries/uninstall.ts */
export function readUninstaller(folder: string): Promise<string> {
  return readFile(join(folder, 'sw-uninstall.js'), 'utf8')
}

export type Script = { readonly name: string; readonly content: string }

type PageScript =
  | 'watch'
  | 'holes'
  | 'report'
  | 'run-scripts'
  | 'speculate'
  | 'stale-holes'
  | 'start-offline'
  | 'inspector'

/**
 * A script that pages load: one of client/page-scripts/, client/report/report-page.ts, client/speculate/speculate.ts or
 * client/inspector/main.tsx. Everything below /_next/static is cached for a year, so the name changes with the content.
 */
export async function readPageScript(name: PageScript, folder: string): Promise<Script> {
  const content = await readFile(join(folder, `${name}.js`), 'utf8')
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16)
  return { name: `${name}.${hash}.js`, content }
}

/** First line of a worker that a build writes to `public/`. It also turns off the app's ESLint for the file. */
const MARK = '/* eslint-disable -- Written by next-shell-cache at each build: do not edit or commit it. */\n'

export function markCopy(worker: string): string {
  return MARK + worker
}

/** Whether a build wrote this file of `public/`, not the app's developers. */
export function isOurCopy(content: string): boolean {
  return content.startsWith(MARK)
}
