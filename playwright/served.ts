// How the document that a page shows was answered, by its own word: the `Server-Timing` that came with it, which every browser keeps.

import type { Page } from '@playwright/test'

import { type Metric, readServerTiming, type ServedShell, STARTED_OFFLINE } from '../protocol/wire.ts'
import { askDocument } from './ask-document.ts'

/** What a page can say of the document that it shows. */
export type ShownDocument = {
  readonly url: string
  readonly served: ServedShell | undefined
  readonly navigation: NavigationTimingType
  /** Whether a worker was asked for it, no matter what answered then. */
  readonly wasControlled: boolean
  /** The script of the worker that controls the page now. */
  readonly controller: string | undefined
}

/** The document's own, not the route's: what Next's router shows after it came another way. */
export async function readDocument(page: Page): Promise<ShownDocument> {
  const { metrics, hasStartedOffline, ...document } = await askDocument(() =>
    page.evaluate(readNavigation, STARTED_OFFLINE),
  )
  const served = readServerTiming(metrics)
  return { ...document, served: served && hasStartedOffline ? { ...served, outcome: 'offline' } : served }
}

type ReadNavigation = Omit<ShownDocument, 'served'> & {
  readonly metrics: readonly Metric[]
  /** The header says `instant`: it went out before the network had failed. */
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
