// Which of the pages that links lead to a worker has stored: what is measured is a move to one of those.

import { isWorkerLinks } from '../../protocol/page/messages.ts'
import type { Page } from '../browser/chromium.ts'

/** How many of the posts; none where no worker controls the page. */
export async function countStoredPosts({ evaluate }: Page): Promise<number> {
  const links = await evaluate(`(${linksInPage.toString()})()`).catch(() => undefined)
  return isWorkerLinks(links) ? toStoredPosts(links.uses.map(({ key }) => key)) : 0
}

/** Other pages of the app are installed before, and the shell of all posts is none of them. */
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
