// A promise that does not answer in time counts as one that failed: a database may never settle (WebKit bug 226547).

/** Resolves as `work` does, or rejects when `milliseconds` have passed. `work` itself cannot be stopped; its late end is ignored. */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
