// A page whose rest is slow to come, and what it shows meanwhile.

import type { IncomingMessage } from 'node:http'

import type { Relay } from '../servers/relay.ts'

/** Keeps back what the server answers for a path, as a slow network does, until it is let through. */
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
  /** By the names of the holes: what each shows. */
  readonly holes: Readonly<Record<string, string>>
  /** Of those, which are marked as of the last visit. */
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
