// Waits until the origin answers again. `navigator.onLine` only knows the device's own network, so the origin itself is asked.
// Used by fill.ts, watch.ts and start-offline.ts.

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

/** As Next asks with `experimental.useOffline`: what renders answers, not a cache on the way. A gateway's error is no answer. */
function isAnswered(): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE)
  return fetch(location.href, { method: 'HEAD', headers: { rsc: '1' }, cache: 'no-store', signal }).then(
    ({ status }) => status < 500,
    () => false,
  )
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
    addEventListener('online', resolve, { once: true })
  })
  if (document.hidden)
    await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
}
