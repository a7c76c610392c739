// The worker's other bundle, with what the build's options `transport`, `preload` and `actions` add: most apps use none of them, and nobody
// should download them for nothing. The adapter picks the bundle.

import type { Transport, WorkerConfig } from '../protocol/worker-config.ts'
import { routeActions } from './actions.ts'
import { startWorker } from './lifecycle.ts'
import { canPreload, tellPreloads, turnPreloadOn } from './preload-news.ts'
import type { Extras } from './routes.ts'
import { type AskForRest, askNobody } from './transport/continue-shell.ts'
import { PLAIN } from './transport/network.ts'
import { askByNextResume } from './transport/next-resume.ts'
import { BY_PRELOAD, rememberPreload } from './transport/preload.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of index.ts */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, {
    ...(config.preload && canPreload()
      ? preloading(config)
      : { network: { ...PLAIN, askForRest: ASKS[config.transport] } }),
    ...(config.actions ? { route: routeActions(config) } : {}),
  })
}

function preloading(config: WorkerConfig): Extras {
  tellPreloads(self, config)
  return { network: BY_PRELOAD, onNavigation: rememberPreload, onActivate: () => turnPreloadOn(self, config) }
}

const ASKS: Readonly<Record<Transport, AskForRest>> = {
  auto: PLAIN.askForRest,
  'next-resume': askByNextResume,
  prefix: askNobody,
}
