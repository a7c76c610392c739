// Promises with a deadline, or settled from outside. Work that does not settle in time counts as failed: a database may never settle
// (WebKit bug 226547), a server may hang.

export class DeadlineError extends Error {}

/** Settles as `work` does, or rejects with a {@link DeadlineError}. `work` itself cannot be stopped; a late result is ignored. */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(`no answer within ${milliseconds} ms`)), milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * Gives `work` a signal that aborts when `signal` does, or when `work` has not settled in time. In the second case this rejects with a
 * {@link DeadlineError}, whatever `work` does with the signal. The result of `work` (a stream) may still depend on the signal: after
 * `work` has settled, only `signal` aborts it.
 *
 * @param more - Called once, when the time is over: how many milliseconds to add.
 */
export async function withinTime<T>(
  signal: AbortSignal,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  more: () => number = () => 0,
): Promise<T> {
  const attempt = new AbortController()
  const aborted = new Promise<never>((_resolve, reject) =>
    attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason)),
  )
  const abort = (): void => attempt.abort()
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  let isLate = false
  const end = (): void => {
    isLate = true
    abort()
  }
  let timer = setTimeout(() => {
    timer = setTimeout(end, more())
  }, milliseconds)
  try {
    return await Promise.race([work(attempt.signal), aborted])
  } catch (error) {
    throw isLate ? new DeadlineError(`no answer within ${milliseconds} ms`) : error
  } finally {
    clearTimeout(timer)
  }
}

export type Deferred<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void }

/** A promise settled from outside. `Promise.withResolvers` is missing in Safari 17.3 and in the Node 20 that tests run on. */
export function deferred<T>(): Deferred<T> {
  const holder: { resolve?: (value: T) => void } = {}
  const promise = new Promise<T>((resolve) => {
    holder.resolve = resolve
  })
  return { promise, resolve: (value) => holder.resolve?.(value) }
}
