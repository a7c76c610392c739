// What the streaming handlers of this app have under way, for as long as the process lives. Kept on the global object: each route's
// bundle has a copy of this module.

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

/** Counts one more; the returned function counts it no longer, however often it is called. */
export function openStream(): () => void {
  streams().open++
  streams().begun++
  let isOpen = true
  return () => {
    if (isOpen) streams().open--
    isOpen = false
  }
}
