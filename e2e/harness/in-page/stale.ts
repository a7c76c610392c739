// Delays the rest of a page, and reads what the page shows meanwhile.

import type { IncomingMessage } from 'node:http'

import type { Relay } from '../servers/relay.ts'

/** Holds back the server's response for a path, like a slow network, until the returned function is called. */
export function holdBack(relay: Relay, path: string): () => void {
  let letThrough = (): void => {}
  const held = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  const isPage = ({ url, headers }: IncomingMessage): boolean =>
    url === path && headers['shell-cache-record'] === undefined && headers['rsc'] === undefined
  relay.late = (incoming) => (isPage(incoming) ? held : undefined)
  return () => {
    relay.late = undefined
    letThrough()
  }
}

export type Shown = {
  /** The text of each hole, by its name. */
  readonly holes: Readonly<Record<string, string>>
  /** The holes that are marked as content of the last visit. */
  readonly stale: readonly string[]
  readonly timesRun: number
}

/** Runs in a page. */
export function readShown(): Shown {
  const slots = [...document.querySelectorAll('[data-slot]')]
  const nameOf = (slot: Element): string => slot.getAttribute('data-slot') ?? ''
  const textOf = (slot: Element): string => {
    const copy = document.importNode(slot, true)
    for (const script of copy.querySelectorAll('script')) script.remove()
    return copy.textContent.replaceAll(/\s+/g, ' ').trim()
  }
  const isStale = (slot: Element): boolean => slot.querySelector('[data-shell-cache-stale][aria-busy=true]') !== null
  return {
    holes: Object.fromEntries(slots.map((slot) => [nameOf(slot), textOf(slot)])),
    stale: slots.filter(isStale).map(nameOf),
    timesRun: Number(Reflect.get(self, 'timesRun') ?? 0),
  }
}
