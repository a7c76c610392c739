// How long a page waits for a worker that it has asked.

/** A worker that has to start, on a slow database, answers sooner than this. */
const ANSWER_TIMEOUT_MS = 10_000

/** What was answered; undefined where it does not come. Never rejects. */
export function inTime(asked: Promise<unknown>): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS))
  return Promise.race([asked.catch(() => undefined), late])
}
