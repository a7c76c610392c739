// Reloads a page that only a document from the network can complete.

const LAST_RELOAD = 'shell-cache:reload'
const MINUTE_MS = 60_000

/** At most once a minute: a server whose documents arrive too late must not make this page reload endlessly. */
export async function reloadOnceAMinute(): Promise<void> {
  const wait = lastReload() + MINUTE_MS - Date.now()
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(wait, MINUTE_MS)))
  noteReload()
  location.reload()
}

function lastReload(): number {
  try {
    return Number(sessionStorage.getItem(LAST_RELOAD) ?? 0)
  } catch {
    return 0
  }
}

function noteReload(): void {
  try {
    sessionStorage.setItem(LAST_RELOAD, String(Date.now()))
  } catch {
    // If the browser stores nothing, the page reloads nevertheless.
  }
}
