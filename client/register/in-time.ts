// How long a page waits for an answer of its worker.

/** Long enough for a worker that has to start, on a slow database. */
const ANSWER_TIMEOUT_MS = 10_000

/** The answer, or undefined if it does not arrive in time. Never rejects. */
export function inTime(asked: Promise<unknown>): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT_MS))
  return Promise.race([asked.catch(() => undefined), late])
}
