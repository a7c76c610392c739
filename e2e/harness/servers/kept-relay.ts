// A relay, and so an origin, that tests use one after the other. What a browser stores for an origin stays, so the app is installed once
// for all of them. Each Playwright worker keeps one such relay: the one that was requested last.

import { type Relay, startRelay } from './relay.ts'

export type KeptRelay = AsyncDisposable & {
  /** @param name - Tests with the same name share a relay; another name gets another origin. */
  readonly get: (name: string, port: number) => Promise<Relay>
}

export function createKeptRelay(): KeptRelay {
  let kept: { readonly name: string; readonly relay: Relay } | undefined
  return {
    async get(name, port) {
      if (kept?.name !== name) {
        await kept?.relay[Symbol.asyncDispose]()
        kept = { name, relay: await startRelay(port) }
      }
      await kept.relay.renew(port)
      return kept.relay
    },
    [Symbol.asyncDispose]: async () => kept?.relay[Symbol.asyncDispose](),
  }
}
