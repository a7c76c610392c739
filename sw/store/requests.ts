// IndexedDB's events as promises, as much of it as two tables need. A wrapper from the registry is three times as large
// (decisions/005-own-store-and-routes.md).

/** Settles as the request does. */
export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () =>
      reject(request.error ?? new Error('the database does not say why it failed')),
    )
  })
}

/** Resolves when everything of a transaction is written; rejects when nothing of it is. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('the database took a transaction back')),
    )
  })
}
