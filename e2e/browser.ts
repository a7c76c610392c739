// How a Chromium is started, and how a page tells that its worker is ready. Shared by fixtures.ts and the bench.

import type { Page } from '@playwright/test'

export const FLAGS: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Waits until a worker controls the page, and asks it what it has. */
export async function untilControlled(page: Page): Promise<{ buildId: string; records: number }> {
  return page.evaluate(async () => {
    const { serviceWorker } = navigator
    await serviceWorker.ready
    while (!serviceWorker.controller) {
      await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
    }
    const { port1, port2 } = new MessageChannel()
    const answer = new Promise<MessageEvent>((resolve) => (port1.onmessage = resolve))
    serviceWorker.controller.postMessage({ type: 'shell-cache:status' }, [port2])
    return (await answer).data as { buildId: string; records: number }
  })
}
