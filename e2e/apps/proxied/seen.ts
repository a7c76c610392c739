// The headers of each request below /seen for which the proxy has run, for the lifetime of the process. Kept on the global object,
// because the proxy and each route have their own copy of this module.

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
