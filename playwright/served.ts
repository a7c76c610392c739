// How the document that a page shows was served. The document itself says so, in its `Server-Timing`, which every browser keeps.

import type { Page } from '@playwright/test'

import { type Metric, readServerTiming, type ServedShell, STARTED_OFFLINE } from '../protocol/wire.ts'
import { askDocument } from './ask-document.ts'

/** What a page can say about the document that it shows. */
export type ShownDocument = {
  readonly url: string
  readonly served: ServedShell | undefined
  readonly navigation: NavigationTimingType
  /** Whether the request passed a worker, whatever answered it then. */
  readonly wasControlled: boolean
  /** The script of the worker that controls the page now. */
  readonly controller: string | undefined
}

/** About the document, not the route: pages that Next's router shows after it were not served as documents. */
export async function readDocument(page: Page): Promise<ShownDocument> {
  const { metrics, hasStartedOffline, ...document } = await askDocument(() =>
    page.evaluate(readNavigation, STARTED_OFFLINE),
  )
  const served = readServerTiming(metrics)
  return { ...document, served: served && hasStartedOffline ? { ...served, outcome: 'offline' } : served }
}

type ReadNavigation = Omit<ShownDocument, 'served'> & {
  readonly metrics: readonly Metric[]
  /** Then the header says `instant` nevertheless: it was sent before the network had failed. */
  readonly hasStartedOffline: boolean
}

/** Runs in the page. */
function readNavigation(mark: string): ReadNavigation {
  const [entry] = performance.getEntriesByType('navigation')
  const timing = entry instanceof PerformanceNavigationTiming ? entry : undefined
  const metrics = (timing?.serverTiming ?? []).map(({ name, description, duration }) => ({
    name,
    description,
    duration,
  }))
  return {
    url: location.href,
    metrics,
    hasStartedOffline: Reflect.get(self, mark) !== undefined,
    navigation: timing?.type ?? 'navigate',
    wasControlled: (timing?.workerStart ?? 0) > 0,
    controller: 'serviceWorker' in navigator ? navigator.serviceWorker.controller?.scriptURL : undefined,
  }
}
