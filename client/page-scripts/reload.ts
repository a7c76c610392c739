// Loads a page anew that only a document of the network can complete.

const LAST_RELOAD = 'shell-cache:reload'
const MINUTE_MS = 60_000

/** Not sooner than a minute after the last time: a server whose documents come too late must not have this page reload for ever. */
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
    // Where nothing may be stored, nothing is: the page is loaded anew all the same.
  }
}
