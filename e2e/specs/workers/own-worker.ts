// Bundles a worker's source as the option `worker` does, for a build that was made without it, and serves it instead of that build's
// worker. So one build can be tested with many workers.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { bundleWorker, type Core, coreWith } from '../../../adapter-plugin/output/worker/bundle-worker.ts'
import type { WorkerConfig } from '../../../protocol/build/worker-config.ts'
import { appFolder, type AppName, ROOT } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'

/** @param source - A path relative to the repository's root. */
export async function serveWorker(relay: Relay, app: AppName, source: string): Promise<void> {
  await serve(relay, source, coreWith(await configOf(app), entryOf(app, 'sw.js')))
}

/** The same with the option `uninstall`. */
export async function serveWithoutShells(relay: Relay, app: AppName, source: string): Promise<void> {
  await serve(relay, source, { entry: entryOf(app, 'without-shells.js'), constants: {}, footer: '' })
}

function entryOf(app: AppName, name: string): string {
  return join(appFolder(app), 'node_modules', 'next-shell-cache', 'dist', 'worker', name)
}

/** Each bundle is made once for all tests. */
const bundled = new Map<string, ReturnType<typeof bundleWorker>>()

async function serve(relay: Relay, source: string, core: Core): Promise<void> {
  const name = JSON.stringify([source, core])
  const bundle = bundled.get(name) ?? bundleWorker(source, core, { projectDir: ROOT, config: {} })
  bundled.set(name, bundle)
  const body = await bundle
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }
  relay.fault = ({ url }) => (url === '/sw.js' ? { status: 200, headers, body } : undefined)
}

/** The config that the build's own worker is started with. */
async function configOf(app: AppName): Promise<WorkerConfig> {
  const script = await readFile(join(appFolder(app), '.next', 'static', 'shell-cache', 'sw.js'), 'utf8')
  const config = /;ShellCacheWorker\.installShellCache\((\{.*\})\)\n$/.exec(script)?.[1]
  if (config === undefined) throw new Error(`${app} has a worker of its own`)
  return JSON.parse(config) as WorkerConfig
}
