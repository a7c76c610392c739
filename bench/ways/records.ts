// Waits for what a visitor of this package has before anything is measured: the worker of the build that serves, with its records.

import { setTimeout as sleep } from 'node:timers/promises'

import type { Page } from '../browser/chromium.ts'

const RECORDS_MS = 60_000

/** @throws where that worker does not come. */
export async function untilRecords({ evaluate }: Page, buildId: string): Promise<void> {
  const deadline = performance.now() + RECORDS_MS
  let last: unknown
  while (performance.now() < deadline) {
    last = await evaluate(`(${buildInPage.toString()})()`).catch(() => undefined)
    if (last === buildId) return
    await sleep(100)
  }
  throw new Error(`no worker of ${buildId} has come; the last said ${String(last)}`)
}

/** Runs in the page, so it can use nothing of this file. The build whose worker controls the page and has records. */
async function buildInPage(): Promise<string | undefined> {
  const { controller } = navigator.serviceWorker
  if (document.readyState !== 'complete' || controller?.state !== 'activated') return undefined
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent>((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  controller.postMessage({ type: 'shell-cache:status' }, [port2])
  const { buildId, records } = (await answer).data as { buildId: string; records: number }
  return records > 0 ? buildId : undefined
}
