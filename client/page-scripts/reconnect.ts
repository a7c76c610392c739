// Waits until the origin answers again. `navigator.onLine` only knows the device's own network, so the origin itself is asked: by one tab
// of the app at a time, which tells the others, and less and less often.

/** Milliseconds between two questions: at first, and at the most. Some less, so that not all who wait come back at once. */
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** After this a question counts as lost. */
const ANSWER_TIMEOUT_MS = 10_000

/** Resolves when the page's own URL, or one in another tab, is answered by something that works. Asks while the page is looked at, and rejects never. */
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

/** Of this app: another one on its origin may have a server of its own. */
async function nameOfTurns(): Promise<string> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  return `next-shell-cache-reconnect:${registration?.scope ?? location.origin}`
}

/** Ends without, where another tab has been answered meanwhile; takes its turn unasked where the browser has none to give. */
async function inTurn(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(name, { signal }, work)
  } catch {
    if (!signal.aborted) await work()
  }
}

/**
 * What renders answers, not a cache on the way; a gateway's error is no answer. A GET as what follows is one: a page must not be
 * led to load itself again and again by a server that answers a HEAD alone.
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

/** Ends sooner where the device has a network again, another tab was answered, or no one looks any more: then it is another's turn. */
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
