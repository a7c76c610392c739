// The headers of each request that the proxy has run for below /seen, for as long as the process lives. Kept on the global object: the proxy and
// each route have a copy of this module.

type Seen = Readonly<Record<string, string>>
const SLOT = Symbol.for('proxied.seen')

function all(): Seen[] {
  const known: unknown = Reflect.get(globalThis, SLOT)
  if (Array.isArray(known)) return known
  const fresh: Seen[] = []
  Reflect.set(globalThis, SLOT, fresh)
  return fresh
}

export function noteSeen(headers: Headers): void {
  all().push(Object.fromEntries(headers))
}

export function readSeen(): readonly Seen[] {
  return all()
}
