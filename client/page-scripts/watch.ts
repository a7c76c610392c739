// Watches the response that this page is made of. A browser may kill a worker in the middle of a response (Firefox after 60 seconds without
// a message from the page, any browser that is short of memory). Then the page never stops loading in Chromium, and ends too early in
// Firefox (e2e/fault-matrix/fault-index.ts F20). A separate script, because the app's scripts run only when the holes are there. The worker
// sends it after the shell, or <ShellCache /> renders it, as an async script: a policy of `script-src 'self'` allows it.
//
//   must reload at most once: the reload reaches the worker as `no-cache`, and the whole page comes from the network;
//   must not reload a page that the worker did not write;
//   must use its own port: `startMessages()` would take messages from the app's listeners.

import { isStreamState, type StreamState, type ToWorker } from '../../protocol/page/messages.ts'
import { navigationTimings } from '../page.ts'
import { untilAnswering } from './reconnect.ts'

/** Milliseconds between two messages to the worker. Each also keeps Firefox from counting the worker as idle. */
const PERIOD = 10_000
/** After this many messages without an answer the worker is gone. After one it may just be busy. */
const UNANSWERED = 2

/** Set on the global object: a page may load this script twice, after its shell and by its component. */
const WATCHED = 'nextShellCacheWatched'

if ('serviceWorker' in navigator && navigator.serviceWorker.controller && !Reflect.get(self, WATCHED)) {
  Reflect.set(self, WATCHED, true)
  watch(navigator.serviceWorker.controller)
}

/** @param worker - The worker that answered this page: a newer one knows nothing about it. */
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
    // A network page that passes through the worker: there, too, Firefox must not count the worker as idle.
    else if (!isWritten()) return
    else if (hadElements === (hadElements = countElements())) {
      // The worker was killed before the first message. A newer worker that took over knows nothing either, but then the page still grows.
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

/** Only if the network answers: the current page is better than the browser's error page. */
async function reloadWherePossible(): Promise<void> {
  const { ok } = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => Response.error())
  if (ok) location.reload()
}
