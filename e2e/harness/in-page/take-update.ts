// A deploy under an open page, until its worker answers for the page. For a page of Playwright.

import type { Page } from '@playwright/test'

/**
 * Deploys, and has the browser look for the new worker until it is there. Once is not enough: a question that meets the browser's
 * own, which was asked before the deploy, is answered with it. Nobody talks to the old worker meanwhile (ladder-deploys.spec.ts).
 */
export async function takeUpdate(page: Page, deploy: () => unknown): Promise<void> {
  const before = await page.evaluateHandle(() => navigator.serviceWorker.controller)
  await deploy()
  await page.evaluate(async (old) => {
    const { serviceWorker } = navigator
    const registration = await serviceWorker.ready
    while (serviceWorker.controller === old) {
      const taken = new Promise((resolve) =>
        serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
      )
      await registration.update()
      const found = registration.installing ?? registration.waiting
      // One that fails to install never takes over.
      const givenUp = new Promise<void>((resolve) =>
        found?.addEventListener('statechange', () => found.state === 'redundant' && resolve()),
      )
      if (found) await Promise.race([taken, givenUp])
    }
    const { controller } = serviceWorker
    if (controller?.state === 'activated') return
    await new Promise((resolve) => controller?.addEventListener('statechange', resolve, { once: true }))
  }, before)
}
