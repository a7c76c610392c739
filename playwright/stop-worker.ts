// Ends the worker of a page as the browser does when it was idle for a while.

import type { CDPSession, Page } from '@playwright/test'

/**
 * Leaves the page for `about:blank` first: a page of the app sends messages to its worker, and would start it again before the next
 * navigation does.
 */
export async function stopWorker(page: Page): Promise<void> {
  await page.goto('about:blank')
  const session = await openSession(page)
  try {
    // The response to `stopAllWorkers` arrives before the workers have stopped.
    const running = new Map<string, string>()
    const stopped = new Promise<void>((resolve) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        for (const { versionId, runningStatus } of versions) running.set(versionId, runningStatus)
        if ([...running.values()].every((status) => status === 'stopped')) resolve()
      })
    })
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
    if (running.size > 0) await stopped
  } finally {
    await session.detach()
  }
}

function openSession(page: Page): Promise<CDPSession> {
  return page
    .context()
    .newCDPSession(page)
    .catch((cause: unknown) => {
      throw new Error(
        '[shell-cache] stopWorker() needs the DevTools protocol, which Chromium alone has. Skip the test in other browsers: test.skip(({ browserName }) => browserName !== "chromium").',
        { cause },
      )
    })
}
