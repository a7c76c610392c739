// A promise settled from outside. `Promise.withResolvers` is missing in Safari 17.3 and in the Node 20 that tests run on.

export type Deferred<T> = { readonly promise: Promise<T>; readonly resolve: (value: T) => void }

export function deferred<T>(): Deferred<T> {
  const holder: { resolve?: (value: T) => void } = {}
  const promise = new Promise<T>((resolve) => {
    holder.resolve = resolve
  })
  return { promise, resolve: (value) => holder.resolve?.(value) }
}
