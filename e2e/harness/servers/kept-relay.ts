// A relay that tests share, one after the other, and with it their origin: what a browser has of an origin stays there, so that an app is
// installed once for all of them. There is one for each worker of Playwright, the last one that was asked for.

import { type Relay, startRelay } from './relay.ts'

export type KeptRelay = AsyncDisposable & {
  /** @param name - Of those who share: another name is another origin. */
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
