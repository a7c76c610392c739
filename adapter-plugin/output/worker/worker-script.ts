// Makes the script of a build's worker: the default one or the app's own, with the constants of the build, or the one that removes it all.

import type { WorkerConfig } from '../../../protocol/build/worker-config.ts'
import { publicUrl } from '../../../protocol/wire.ts'
import { defaultWorker, readPageScript, readUninstaller, WORKER_ENTRIES } from '../../browser-scripts.ts'
import { type BuildContext, staticUrlsOf } from '../../build-context.ts'
import { bundleWorker, coreWith } from './bundle-worker.ts'
import { scriptHeadersOf } from '../../pages/headers.ts'
import type { Classified, Served } from '../../pages/classify.ts'
import { offlineCopiesOf } from './offline-copies.ts'
import { offlineOf } from './offline-page.ts'
import type { Settings } from '../../config/options.ts'
import { hasOneStage } from '../../config/supported.ts'
import { toRouteEntries } from '../../pages/route-entries.ts'
import { publicRoutes } from './public-routes.ts'

type Build = {
  readonly pages: readonly Classified[]
  readonly served: readonly Served[]
  readonly settings: Settings
}

/** Files that the build has written for the worker. */
type Published = {
  readonly manifestName: string
  readonly drawings: readonly string[]
  readonly watchUrl: string
  readonly staleUrl: string
}

/** @throws BuildStopped, if the app's own worker cannot be bundled. */
export async function workerScript(
  build: Build,
  published: Published,
  context: BuildContext,
  scripts: string,
): Promise<string> {
  const { content } = await readPageScript('run-scripts', scripts)
  const config = toWorkerConfig(build, { ...published, runTag: `<script>${content.trim()}</script>` }, context)
  const { worker } = build.settings
  return worker === undefined
    ? defaultWorker(config, scripts)
    : bundleWorker(worker, coreWith(config, WORKER_ENTRIES.shells), context)
}

/** @throws BuildStopped, if the app's own worker cannot be bundled. */
export function uninstallerScript(worker: string | undefined, context: BuildContext, scripts: string): Promise<string> {
  return worker === undefined
    ? readUninstaller(scripts)
    : bundleWorker(worker, { entry: WORKER_ENTRIES.none, constants: {}, footer: '' }, context)
}

function toWorkerConfig(
  { pages, served, settings }: Build,
  { manifestName, drawings, watchUrl, staleUrl, runTag }: Published & { readonly runTag: string },
  context: BuildContext,
): WorkerConfig {
  const { basePath, trailingSlash, deploymentId } = context.config
  const { timeouts, budget, invalidateOn, update, transport, preload, earlyStart, actions, inspector, debug } = settings
  const startsEarly = earlyStart && hasOneStage(context.nextVersion)
  return {
    buildId: context.buildId,
    basePath,
    trailingSlash,
    manifestUrl: publicUrl(basePath, manifestName),
    staticUrls: staticUrlsOf(context.config),
    scriptHeaders: scriptHeadersOf(context),
    timeouts: {
      store: timeouts.store,
      offline: timeouts.offline,
      response: timeouts.response,
      idle: timeouts.idle,
    },
    budget,
    offline: offlineOf(settings, served),
    drawings,
    watchUrl,
    deploymentId,
    invalidateOn: invalidateOn.map((path) => basePath + path),
    update,
    transport,
    // Next's own protocol does not know the preload: it would bring a whole document that nothing uses.
    preload: preload && transport !== 'next-resume',
    earlyStart: startsEarly,
    runTag: startsEarly ? runTag : '',
    offlineCopies: offlineCopiesOf(settings, pages),
    staleUrl,
    actions,
    inspector,
    debug,
    // Only what is needed to match: everything here is public.
    routes: publicRoutes(
      toRouteEntries(pages, served, context, settings),
      pages.map(({ candidate }) => candidate.key),
    ),
  }
}
