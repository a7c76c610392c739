// Waits until the origin answers again. `navigator.onLine` only knows the device's own network, so we ask the origin itself: one tab of the
// app at a time, which tells the others, and with longer and longer pauses.

/**
 * Milliseconds between two requests: the first pause, and the longest. Each is shortened at random, so that not all pages retry together.
 */
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** After this time a request counts as lost. */
const ANSWER_TIMEOUT_MS = 10_000

/** Resolves when a working server answers for this page's URL, or another tab's. Asks only while the page is visible. Never rejects. */
export async function untilAnswering(): Promise<void> {
  const name = await nameOfTurns()
  const channel = new BroadcastChannel(name)
  const answered = new AbortController()
  const { signal } = answered
  channel.addEventListener('message', () => answered.abort())
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await untilSeen()
    await inTurn(name, signal, async () => {
      if (!(await isAnswered())) return rest(pause * (1 - Math.random() / 2), signal)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      channel.postMessage('answered')
      answered.abort()
    })
  }
  channel.close()
}

/** One name per app: another app of the origin may have its own server. */
async function nameOfTurns(): Promise<string> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  return `next-shell-cache-reconnect:${registration?.scope ?? location.origin}`
}

/**
 * Runs `work` under a lock. Skips it if another tab has been answered in the meantime. Runs it without a lock if the browser has no locks.
 */
async function inTurn(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal }, work)
  } catch {
    if (!signal.aborted) await work()
  }
}

/**
 * Asks for the router's payload, so that the renderer answers and not a cache on the way. A gateway's error does not count as an answer. A
 * GET, because the reload is one: a server that answers only HEAD must not make a page reload again and again.
 */
async function isAnswered(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS)
    const { status, body } = await fetch(location.href, { headers: { rsc: '1' }, cache: 'no-store', signal })
    void body?.cancel().catch(() => {})
    return status < 500
  } catch {
    return false
  }
}

/** Ends earlier if the device has a network again, another tab was answered, or the page is hidden: then another tab takes its turn. */
async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
    addEventListener('online', resolve, { once: true })
    document.addEventListener('visibilitychange', resolve, { once: true })
    signal.addEventListener('abort', resolve, { once: true })
  })
}

async function untilSeen(): Promise<void> {
  if (document.hidden)
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
}
