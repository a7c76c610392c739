// What the build's options `transport` and `actions` add to the worker.

import type { Transport, WorkerConfig } from '../../protocol/build/worker-config.ts'
import { routeActions } from '../routing/actions.ts'
import { networkExtras } from '../preload/registration.ts'
import type { Extras } from '../routing/routes.ts'
import { type AskForRest, askNobody } from '../transport/continuation.ts'
import { askByNextResume } from '../transport/next-resume.ts'
import { resumeRecord } from '../transport/resume.ts'

export function optionExtras(scope: ServiceWorkerGlobalScope, config: WorkerConfig): Extras {
  return {
    ...networkExtras(scope, config, ASKS[config.transport]),
    ...(config.actions ? { route: routeActions(config) } : {}),
  }
}

const ASKS: Readonly<Record<Transport, AskForRest>> = {
  auto: resumeRecord,
  'next-resume': askByNextResume,
  prefix: askNobody,
}
