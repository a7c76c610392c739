// One move: a page is opened, one of its links is clicked, and the page tells when what it leads to was painted.

import { setTimeout as sleep } from 'node:timers/promises'

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

export type Click = {
  /** Milliseconds from the click to the frame behind the heading, and behind what this visit's hole shows. */
  readonly shell: number
  readonly hole: number
}

const PATIENCE = 20_000

/** Resolves when React has taken the page over. */
export async function openPage({ send, evaluate }: Page, url: string): Promise<void> {
  await evaluate('void (window.isOld = true)')
  send('Page.navigate', { url, referrer: new URL('/', url).href }).catch(() => {})
  const deadline = performance.now() + PATIENCE
  while (performance.now() < deadline) {
    if ((await evaluate(`(${isHydrated.toString()})(${JSON.stringify(url)})`).catch(() => false)) === true) return
    await sleep(5)
  }
  throw new Error(`${url} is not hydrated`)
}

/** Which link, and what the hole of this visit alone shows. */
type Asked = { readonly slug: string; readonly nonce: string }

/** Infinity for what has not come. */
export async function clickLink({ evaluate }: Page, { slug, nonce }: Asked): Promise<Click> {
  const told = await evaluate(`(${clickInPage.toString()})(${JSON.stringify({ slug, nonce, patience: PATIENCE })})`)
  const at = (name: string): number => (isObject(told) && typeof told[name] === 'number' ? told[name] : Infinity)
  return { shell: at('shell'), hole: at('hole') }
}

/** Runs in the page, so it can use nothing of this file. */
function isHydrated(url: string): boolean {
  return !('isOld' in window) && location.href === url && performance.getEntriesByName('shell hydrated').length > 0
}

/** As above. */
async function clickInPage(asked: { slug: string; nonce: string; patience: number }): Promise<Partial<Click>> {
  const seen: { shell?: number; hole?: number } = {}
  const link = document.querySelector<HTMLElement>(`a[href$="/${asked.slug}"]`)
  const has = (name: 'shell' | 'hole'): boolean =>
    name === 'shell'
      ? document.querySelector('h2')?.textContent?.endsWith(asked.slug) === true
      : document.querySelector('.hole p')?.textContent?.includes(asked.nonce) === true
  const started = performance.now()
  link?.click()
  while (performance.now() - started < asked.patience && (seen.shell === undefined || seen.hole === undefined)) {
    await new Promise(requestAnimationFrame)
    for (const name of ['shell', 'hole'] as const) if (has(name)) seen[name] ??= performance.now() - started
  }
  return seen
}
