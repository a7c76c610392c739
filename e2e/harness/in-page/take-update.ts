// Deploys while a page is open, and waits until the new worker controls the page. For a page of Playwright.

import type { Page } from '@playwright/test'

/**
 * Deploys, and lets the browser check for the new worker until it is there. One check is not enough: it may join a check that the
 * browser itself began before the deploy, and get its result. Sends nothing to the old worker meanwhile (ladder-deploys.spec.ts).
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
      // A worker that fails to install never takes over.
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
