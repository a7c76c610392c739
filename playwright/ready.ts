// Waits until a worker of ours controls a page, and says what is wrong if none does. It asks the worker itself, so that it does not matter
// how the app registers it.

import type { Page } from '@playwright/test'

import { isWorkerStatus, type ToWorker, type WorkerStatus } from '../protocol/page/messages.ts'
import { askDocument } from './ask-document.ts'

/** What a page knows about its workers, once one has answered or the time is over. */
export type Found = {
  readonly url: string
  readonly hasServiceWorkers: boolean
  /** The script of the worker that controls the page. */
  readonly controller: string | undefined
  /** Its answer to the request for its status. */
  readonly answer: unknown
  /** The scopes for which this origin has workers. */
  readonly scopes: readonly string[]
}

/** Shorter than the timeout of a Playwright test, so that this message is the one shown. */
const READY_TIMEOUT_MS = 20_000

/** A worker of ours answers only after its install. Then the shells of its build are stored. */
export async function untilReady(page: Page, timeout: number = READY_TIMEOUT_MS): Promise<WorkerStatus> {
  const question: ToWorker = { type: 'shell-cache:status' }
  const found = await askDocument(() => page.evaluate(askWorker, { question, timeout }))
  if (!isWorkerStatus(found.answer)) throw new Error(whyNotReady(found, timeout))
  return found.answer
}

export function whyNotReady({ url, hasServiceWorkers, controller, scopes }: Found, timeout: number): string {
  const late = `After ${timeout / 1000} s`
  const { origin, pathname } = new URL(url)
  if (!hasServiceWorkers)
    return `[shell-cache] Browsers have no service workers at ${origin}, because it is not secure. Serve the app at http://localhost or by https.`
  if (controller !== undefined)
    return `[shell-cache] ${late} the worker that controls ${url}, ${controller}, has not answered as ours does. Serve the build's own ${new URL(controller).pathname} there, or call installShellCache() in it.`
  if (scopes.length > 0)
    return `[shell-cache] ${late} no worker controls ${pathname}, though ${origin} has one for ${scopes.join(', ')}. Open a page below that; where it is below, the worker could not be installed, and the browser's console says why.`
  return `[shell-cache] ${late} ${origin} has no worker. Read what the build says of its registration, and test what \`next build\` and \`next start\` serve: under \`next dev\` there is none, and a build that has none has printed why.`
}

/** Runs in the page. */
async function askWorker({ question, timeout }: { question: ToWorker; timeout: number }): Promise<Found> {
  const url = location.href
  if (!('serviceWorker' in navigator))
    return { url, hasServiceWorkers: false, controller: undefined, answer: undefined, scopes: [] }
  const { serviceWorker } = navigator
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, timeout))
  const changed = (): Promise<undefined> =>
    new Promise((resolve) =>
      serviceWorker.addEventListener('controllerchange', () => resolve(undefined), { once: true }),
    )
  const control = async (): Promise<ServiceWorker> => {
    while (!serviceWorker.controller) await changed()
    return serviceWorker.controller
  }
  const ask = (worker: ServiceWorker): Promise<MessageEvent> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', resolve, { once: true })
      port1.start()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(question, [port2])
    })
  const hear = async (): Promise<unknown> => {
    let heard: MessageEvent | undefined
    // A worker that was replaced by another one may no longer answer.
    while (!heard) heard = await Promise.race([control().then(ask), changed()])
    return heard.data
  }
  const answer = await Promise.race([hear(), late])
  return {
    url,
    hasServiceWorkers: true,
    controller: serviceWorker.controller?.scriptURL,
    answer,
    scopes: (await serviceWorker.getRegistrations()).map(({ scope }) => scope),
  }
}
