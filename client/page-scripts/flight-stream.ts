// The stream that Next hydrates a document from (`client/app-index.js`). The calls of `__next_f.push([1, text])` that a document brings
// along write to it, and it is closed when the document has been read: what has not come by then counts as lost, and React gives the
// page up (#412). The stream of a shell that no one resumes has to stay open instead.
//
// It does not matter whether Next has started by then, in which releases differ: a call from before waits in a list.

/**
 * Next's own stream, open from now on. Never settles where Next does not start, or takes its payload in another way: it is known by what
 * Next does with an empty piece of payload, which is to write it.
 *
 * @param hasBegun - Whether there is a payload already: what begins one would throw it away.
 */
export function takeFlightStream(hasBegun: boolean): Promise<ReadableStreamDefaultController<Uint8Array>> {
  return new Promise((resolve) => {
    const { prototype } = ReadableStreamDefaultController
    // oxlint-disable-next-line typescript/unbound-method -- called with its receiver, below
    const { enqueue } = prototype
    prototype.enqueue = function (this: ReadableStreamDefaultController, chunk?: unknown) {
      enqueue.call(this, chunk)
      if (!(chunk instanceof Uint8Array) || chunk.length > 0) return
      prototype.enqueue = enqueue
      Object.defineProperty(this, 'close', { value: () => {} })
      resolve(this)
    }
    const payload = globalList('__next_f')
    if (!hasBegun) payload.push([0])
    payload.push([1, ''])
  })
}

/** A list on the global object, or what a script has put into its place since. */
export function globalList(name: string): { readonly push: (item: unknown) => unknown } {
  if (!Reflect.get(self, name)) Reflect.set(self, name, [])
  return Reflect.get(self, name)
}
