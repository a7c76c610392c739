// Counts the open streams of this app's handlers, for the lifetime of the process. Kept on the global object, because each route's
// bundle has its own copy of this module.

type Streams = { open: number; begun: number }
const SLOT = Symbol.for('proxied.streams')

function streams(): Streams {
  const known: unknown = Reflect.get(globalThis, SLOT)
  if (isStreams(known)) return known
  const fresh: Streams = { open: 0, begun: 0 }
  Reflect.set(globalThis, SLOT, fresh)
  return fresh
}

function isStreams(value: unknown): value is Streams {
  return typeof value === 'object' && value !== null && 'open' in value
}

export function readStreams(): Streams {
  return { ...streams() }
}

/** Counts one more open stream. The returned function ends it, and may be called more than once. */
export function openStream(): () => void {
  streams().open++
  streams().begun++
  let isOpen = true
  return () => {
    if (isOpen) streams().open--
    isOpen = false
  }
}
