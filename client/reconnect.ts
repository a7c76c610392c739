// Waits until the origin answers again. `navigator.onLine` only knows the device's own network, so the origin itself is asked.

/** Milliseconds between two questions, in the first minute and later. */
const SOON = 1000
const LATER = 5000
const SOON_FOR = 60
/** Milliseconds after which a question counts as lost. */
const PATIENCE = 10_000

/** Resolves when the page's own URL is answered by something that works. Asks while the page is looked at, and rejects never. */
export async function untilAnswering(): Promise<void> {
  for (let asked = 1; !(await isAnswered()); asked++) await pause(asked < SOON_FOR ? SOON : LATER)
}

/**
 * What renders answers, not a cache on the way; a gateway's error is no answer. A GET as what follows is one: a page must not be
 * led to load itself again and again by a server that answers a HEAD alone.
 */
async function isAnswered(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE)
    const { status, body } = await fetch(location.href, { headers: { rsc: '1' }, cache: 'no-store', signal })
    void body?.cancel().catch(() => {})
    return status < 500
  } catch {
    return false
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
    addEventListener('online', resolve, { once: true })
  })
  if (document.hidden)
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
}
