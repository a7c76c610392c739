// Watches over the response that this page is made of. A browser may kill a worker in the middle of one (Firefox after 60
// seconds without a word from the page, any browser short of memory): Chromium then shows a page that loads for ever, Firefox
// one that ends too early (e2e/fault-matrix/fault-index.ts F20). A script of its own and not a part of the app's, which only runs
// when the holes are there. The worker puts it behind the shell, or <ShellCache /> renders it, as an async script: a policy of
// `script-src 'self'` lets it run.
//
//   must reload at most once: a reload reaches the worker as `no-cache` and comes whole from the network;
//   must reload no page that the worker did not write;
//   must use a port of its own: `startMessages()` would take messages from the app's listeners.

import { isStreamState, type StreamState, type ToWorker } from '../../protocol/page/messages.ts'
import { navigationTimings } from '../page.ts'
import { untilAnswering } from './reconnect.ts'

/** Milliseconds between two questions. Each also keeps Firefox from counting the worker as idle. */
const PERIOD = 10_000
/** As many questions without an answer mean that no one writes on; one is a worker that is busy. */
const UNANSWERED = 2

/** Set on the global object: a page may load this twice, behind its shell and by its component. */
const WATCHED = 'nextShellCacheWatched'

if ('serviceWorker' in navigator && navigator.serviceWorker.controller && !Reflect.get(self, WATCHED)) {
  Reflect.set(self, WATCHED, true)
  watch(navigator.serviceWorker.controller)
}

/** @param worker - The one that this page came from: a newer one knows nothing of it. */
function watch(worker: ServiceWorker): void {
  let isOurs = false
  let unanswered = 0
  let hadElements = 0
  const ask = (): void => {
    if (unanswered === UNANSWERED) return settle('unknown')
    unanswered++
    const { port1, port2 } = new MessageChannel()
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- would need port1.start() too
    port1.onmessage = ({ data }: MessageEvent<unknown>) => isStreamState(data) && hear(data.state)
    worker.postMessage({ type: 'shell-cache:watch' } satisfies ToWorker, [port2])
  }
  const hear = (state: StreamState['state']): void => {
    unanswered = 0
    if (state === 'open') isOurs = true
    else if (isOurs || state !== 'unknown' || document.readyState !== 'loading') settle(state)
    // The network's own page on its way through the worker, which Firefox must not count as idle either.
    else if (!isWritten()) return
    else if (hadElements === (hadElements = countElements())) {
      // Killed before the first question. A worker that took over meanwhile knows nothing either, but the page goes on.
      isOurs = true
      settle(state)
    }
  }
  const settle = (state: StreamState['state']): void => {
    clearInterval(timer)
    removeEventListener('load', ask)
    if (isOurs && state === 'unknown') void reloadWherePossible()
    if (isOurs && state === 'stranded') void untilAnswering().then(() => location.reload())
    isOurs = false
  }
  const timer = setInterval(ask, PERIOD)
  addEventListener('load', ask)
  ask()
}

/** Whether a worker of ours began to write this page. */
function isWritten(): boolean {
  return navigationTimings().some(({ name }) => name === 'shell')
}

function countElements(): number {
  return document.getElementsByTagName('*').length
}

/** What is there is better than the browser's error page. */
async function reloadWherePossible(): Promise<void> {
  const { ok } = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => Response.error())
  if (ok) location.reload()
}
