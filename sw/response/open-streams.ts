// Which responses are being written, by the page that each becomes. The page asks (client/page-scripts/watch.ts), and hears nothing of it
// from a worker that was started anew: that is how it learns that its own was killed in the middle (e2e/fault-matrix/fault-index.ts
// F20). Filled by spliced.ts, asked through lifecycle/messages.ts.

import type { Ending, StreamState } from '../../protocol/page/messages.ts'

/** A page asks first while it is read; later it holds a port that it is told on. */
const MOST_STREAMS = 50

/** `isRunning`: the page's scripts run while it is being written. */
type Stream = { readonly ended: Promise<Ending>; isRunning: boolean }

const streams = new Map<string, Stream>()

/** @param clientId - `resultingClientId` of the navigation; '' where the browser does not tell. */
export function rememberStream(clientId: string, ended: Promise<Ending>): void {
  if (clientId === '') return
  streams.set(clientId, { ended, isRunning: false })
  for (const oldest of streams.keys()) {
    if (streams.size <= MOST_STREAMS) return
    streams.delete(oldest)
  }
}

/** How the page's response ended, when it has; at once undefined where nothing that is written here became it. */
export async function endingOf(clientId: string): Promise<Ending | undefined> {
  return streams.get(clientId)?.ended
}

/** Whether the page has asked already: its scripts run, though it has not ended. WebKit runs them then alone. */
export function isRunning(clientId: string): boolean {
  return streams.get(clientId)?.isRunning === true
}

/** Says at once whether the page's response is being written, and later on the same port how it ended. */
export async function tellOfStream(clientId: string | undefined, port: MessagePort | undefined): Promise<void> {
  const say = (state: StreamState['state']): void => port?.postMessage({ type: 'shell-cache:stream', state })
  const stream = streams.get(clientId ?? '')
  say(stream ? 'open' : 'unknown')
  if (stream) {
    stream.isRunning = true
    say(await stream.ended)
  }
  port?.close()
}
