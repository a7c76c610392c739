// Counts which of the links' pages a worker has stored: only moves to stored pages are measured.

import { isWorkerLinks } from '../../protocol/page/messages.ts'
import type { Page } from '../browser/chromium.ts'

/** The number of stored posts; 0 if no worker controls the page. */
export async function countStoredPosts({ evaluate }: Page): Promise<number> {
  const links = await evaluate(`(${linksInPage.toString()})()`).catch(() => undefined)
  return isWorkerLinks(links) ? toStoredPosts(links.uses.map(({ key }) => key)) : 0
}

/** Other pages of the app are installed earlier and do not count; neither does the shell of all posts. */
export function toStoredPosts(keys: readonly string[]): number {
  return new Set(keys.filter((key) => /^\/posts\/post-\d+$/.test(key))).size
}

/** Runs in the page, so it can use nothing of this file. */
async function linksInPage(): Promise<unknown> {
  const { controller } = navigator.serviceWorker
  if (document.readyState !== 'complete' || controller?.state !== 'activated') return undefined
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent>((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  controller.postMessage({ type: 'shell-cache:links' }, [port2])
  return (await answer).data
}
