// Takes the stream from which Next hydrates a document (`client/app-index.js`). The document's calls of `__next_f.push([1, text])` write to
// it, and Next closes it when the document has been read. What is missing then counts as lost, and React gives up on the page (#412). The
// stream of a shell without a rest must stay open instead.
//
// It does not matter whether Next has started by then (releases differ): earlier calls wait in a list.

/**
 * Next's own stream, which stays open from now on. Never settles if Next does not start, or reads its payload in another way. The stream is
 * found by pushing an empty piece of payload, which Next writes to it.
 *
 * @param hasBegun - Whether there is a payload already: the call that begins one would throw it away.
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

/** A list on the global object, or the object by which a script has replaced it since. */
export function globalList(name: string): { readonly push: (item: unknown) => unknown } {
  if (!Reflect.get(self, name)) Reflect.set(self, name, [])
  return Reflect.get(self, name)
}
