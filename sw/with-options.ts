// The worker's other bundle, with what the build's options `transport` and `actions` add: most apps use neither, and nobody should
// download them for nothing. The adapter picks the bundle.

import type { Transport, WorkerConfig } from '../protocol/worker-config.ts'
import { routeActions } from './actions.ts'
import { startWorker } from './lifecycle.ts'
import { networkExtras } from './preload.ts'
import { type AskForRest, askNobody } from './transport/continue-shell.ts'
import { askByNextResume } from './transport/next-resume.ts'
import { resumeRecord } from './transport/resume.ts'

declare const self: ServiceWorkerGlobalScope

/** @see installShellCache of index.ts */
export function installShellCache(config: WorkerConfig): void {
  startWorker(self, config, {
    ...networkExtras(self, config, ASKS[config.transport]),
    ...(config.actions ? { route: routeActions(config) } : {}),
  })
}

const ASKS: Readonly<Record<Transport, AskForRest>> = {
  auto: resumeRecord,
  'next-resume': askByNextResume,
  prefix: askNobody,
}
