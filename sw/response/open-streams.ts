// What is known of the last navigations, by the page that each becomes: which responses are being written, and what its report says
// (protocol/page/page-report.ts). The page asks (client/page-scripts/watch.ts), and hears nothing of it
// from a worker that was started anew: that is how it learns that its own was killed in the middle (e2e/fault-matrix/fault-index.ts
// F20). Filled by body.ts and the ladder, asked through lifecycle/messages.ts.

import type { Ending, PageNotes, StreamState } from '../../protocol/page/messages.ts'

/** A page asks first while it is read; later it holds a port that it is told on. */
const MOST_STREAMS = 50

type Notes = { -readonly [Name in Exclude<keyof PageNotes, 'rests'>]?: PageNotes[Name] }
/** `isRunning`: its scripts run while it is being written. */
type Page = { ended?: Promise<Ending>; isRunning?: boolean; readonly notes: Notes }

const pages = new Map<string, Page>()

/** Its notes are to be filled. @param clientId - `resultingClientId` of the navigation; none or '' where the browser does not tell. */
export function pageOf(clientId: string | undefined): Page {
  const page = pages.get(clientId ?? '') ?? { notes: {} }
  if (clientId) pages.set(clientId, page)
  for (const oldest of pages.keys()) {
    if (pages.size <= MOST_STREAMS) break
    pages.delete(oldest)
  }
  return page
}

/** @param clientId - As for {@link pageOf}. */
export function rememberStream(clientId: string, ended: Promise<Ending>): void {
  pageOf(clientId).ended = ended
}

/** How the page's response ended, when it has; at once undefined where nothing that is written here became it. */
export async function endingOf(clientId: string): Promise<Ending | undefined> {
  return pages.get(clientId)?.ended
}

/** Whether the page has asked already: its scripts run, though it has not ended. WebKit runs them then alone. */
export function isRunning(clientId: string): boolean {
  return pages.get(clientId)?.isRunning === true
}

/** Says at once whether the page's response is being written, and later on the same port how it ended. */
export async function tellOfStream(clientId: string | undefined, port: MessagePort | undefined): Promise<void> {
  const say = (state: StreamState['state']): void => port?.postMessage({ type: 'shell-cache:stream', state })
  const page = pages.get(clientId ?? '')
  say(page?.ended ? 'open' : 'unknown')
  if (page?.ended) {
    page.isRunning = true
    say(await page.ended)
  }
  port?.close()
}
