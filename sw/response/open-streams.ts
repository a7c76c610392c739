// Keeps what is known about the last navigations, by the page that each becomes: whether its response is still being written, and what its
// report says (protocol/page/page-report.ts). The page asks (client/page-scripts/watch.ts). A restarted worker does not know the page: so
// the page learns that its own worker was killed in the middle of the response (e2e/fault-matrix/fault-index.ts F20). Filled by body.ts
// and the ladder, read through lifecycle/messages.ts.

import type { Ending, PageNotes, StreamState } from '../../protocol/page/messages.ts'

/** A page first asks while it is still loading. After that it is told on the port that it holds. */
const MOST_STREAMS = 50

type Notes = { -readonly [Name in Exclude<keyof PageNotes, 'rests'>]?: PageNotes[Name] }
/** `isRunning`: its scripts run while it is being written. */
type Page = { ended?: Promise<Ending>; isRunning?: boolean; readonly notes: Notes }

const pages = new Map<string, Page>()

/** The caller fills the notes. @param clientId - `resultingClientId` of the navigation; undefined or '' if the browser does not tell. */
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

/** Resolves to how the page's response ended, once it has; immediately to undefined if this worker did not write it. */
export async function endingOf(clientId: string): Promise<Ending | undefined> {
  return pages.get(clientId)?.ended
}

/** Whether the page has already asked: its scripts run, though it has not ended. In WebKit they do so only in a page that starts early. */
export function isRunning(clientId: string): boolean {
  return pages.get(clientId)?.isRunning === true
}

/** Says immediately whether the page's response is being written, and later, on the same port, how it ended. */
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
