// Waits for what a visitor with this package has before anything is measured: the serving build's worker, with its records.

import { setTimeout as sleep } from 'node:timers/promises'

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

const RECORDS_MS = 60_000

/** @throws if that worker does not arrive. */
export async function untilRecords({ evaluate }: Page, buildId: string): Promise<void> {
  const deadline = performance.now() + RECORDS_MS
  let last: unknown
  while (performance.now() < deadline) {
    last = await evaluate(`(${statusInPage.toString()})()`).catch(() => undefined)
    if (isObject(last) && last['buildId'] === buildId && Number(last['records']) > 0) return
    await sleep(100)
  }
  throw new Error(`no worker of ${buildId} has come; the last said ${JSON.stringify(last)}`)
}

type Status = { readonly buildId: string; readonly records: number }

/** Runs in the page, so it can use nothing of this file. Returns the status of the worker that controls the page. */
async function statusInPage(): Promise<Status | undefined> {
  const { controller } = navigator.serviceWorker
  if (document.readyState !== 'complete' || controller?.state !== 'activated') return undefined
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent>((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  controller.postMessage({ type: 'shell-cache:status' }, [port2])
  return (await answer).data as Status
}
