// One move: a page is opened, one of its links is clicked, and the page tells when what it leads to was painted.

import { setTimeout as sleep } from 'node:timers/promises'

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

export type Click = {
  /** Milliseconds from the click to the frame behind the heading, and behind what this visit's hole shows. */
  readonly shell: number
  readonly hole: number
  /** The click has shown a page that the browser had prerendered. */
  readonly isPrepared?: boolean
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

/**
 * Infinity for what has not come.
 *
 * @param before - Milliseconds after which the link is clicked.
 * @param hasPointer - The pointer comes to the link at once, as a visitor's does; else a script clicks, and the router knows nothing before.
 */
export async function clickLink(page: Page, asked: Asked, before: number, hasPointer: boolean): Promise<Click> {
  const { evaluate } = page
  const place = await evaluate(`(${watchLink.toString()})(${JSON.stringify({ ...asked, patience: PATIENCE })})`)
  if (!isObject(place)) throw new Error(`there is no link to ${asked.slug}`)
  const mouse = pointerAt(page, Number(place['x']), Number(place['y']))
  if (hasPointer) await mouse('mouseMoved')
  await sleep(before)
  if (hasPointer) await press(mouse)
  else await evaluate('window.moved.link.click()')
  const told = await evaluate('window.moved.seen')
  const at = (name: string): number => (isObject(told) && typeof told[name] === 'number' ? told[name] : Infinity)
  return { shell: at('shell'), hole: at('hole') }
}

/** The same of a plain link, whose page notes its own frames (bench/soft/app). */
export async function followLink(page: Page, asked: Asked, before: number): Promise<Click> {
  const { evaluate } = page
  const place = await evaluate(`(${noteClick.toString()})(${JSON.stringify(asked.slug)})`)
  if (!isObject(place)) throw new Error(`there is no link to ${asked.slug}`)
  const mouse = pointerAt(page, Number(place['x']), Number(place['y']))
  await mouse('mouseMoved')
  await sleep(before)
  // The page that hears of it may be gone before it can say so.
  press(mouse).catch(() => {})
  const deadline = performance.now() + PATIENCE
  while (performance.now() < deadline) {
    const told = await evaluate(`(${framesOf.toString()})(${JSON.stringify(asked)})`).catch(() => undefined)
    if (isObject(told))
      return { shell: Number(told['shell']), hole: Number(told['hole']), isPrepared: told['isPrepared'] === true }
    await sleep(20)
  }
  return { shell: Infinity, hole: Infinity }
}

type Mouse = (type: string, more?: object) => Promise<unknown>

function pointerAt({ send }: Page, x: number, y: number): Mouse {
  return (type, more = {}) => send('Input.dispatchMouseEvent', { type, x, y, ...more })
}

async function press(mouse: Mouse): Promise<void> {
  const left = { button: 'left', clickCount: 1 }
  await Promise.all([mouse('mousePressed', { ...left, buttons: 1 }), mouse('mouseReleased', left)])
}

/** Runs in the page, so it can use nothing of this file. */
function isHydrated(url: string): boolean {
  return !('isOld' in window) && location.href === url && performance.getEntriesByName('shell hydrated').length > 0
}

/** As above. A cookie outlives the page, and is there for one that was prepared. */
function noteClick(slug: string): object | undefined {
  const link = document.querySelector<HTMLElement>(`a[href$="/${slug}"]`)
  const note = (): string => (document.cookie = `clicked=${performance.timeOrigin + performance.now()}; path=/`)
  document.cookie = 'clicked=; path=/; max-age=0'
  addEventListener('click', note, { capture: true, once: true })
  link?.scrollIntoView({ block: 'nearest' })
  // Of a name that is broken into two lines the middle is beside it.
  const box = link?.getClientRects()[0]
  return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

/** As above. Undefined until the hole of this visit is painted. */
function framesOf(asked: { slug: string; nonce: string }): Partial<Click> | undefined {
  const painted: unknown = Reflect.get(window, 'painted')
  const clicked = Number(/clicked=([\d.]+)/.exec(document.cookie)?.[1])
  const isThere = location.pathname.endsWith(`/${asked.slug}`) && document.body.textContent?.includes(asked.nonce)
  if (!isThere || typeof painted !== 'object' || painted === null || !('hole' in painted)) return undefined
  // Both by the machine's clock: what a page counts begins where its prerender did.
  const since = (name: string): number => Number(Reflect.get(painted, name)) - clicked
  const [navigation] = performance.getEntriesByType('navigation')
  const isPrepared = navigation !== undefined && Number(Reflect.get(navigation, 'activationStart')) > 0
  return { shell: since('shell'), hole: since('hole'), isPrepared }
}

type Moved = { readonly link: HTMLElement; readonly seen: Promise<Partial<Click>> }

/** As above. Says where the link is, and has the page watch for what comes after the click. */
function watchLink(asked: { slug: string; nonce: string; patience: number }): object | undefined {
  const link = document.querySelector<HTMLElement>(`a[href$="/${asked.slug}"]`)
  if (!link) return undefined
  const has = (name: 'shell' | 'hole'): boolean =>
    name === 'shell'
      ? document.querySelector('h2')?.textContent?.endsWith(asked.slug) === true
      : document.querySelector('.hole p')?.textContent?.includes(asked.nonce) === true
  const watch = async (): Promise<Partial<Click>> => {
    const seen: { shell?: number; hole?: number } = {}
    const started = performance.now()
    while (performance.now() - started < asked.patience && (seen.shell === undefined || seen.hole === undefined)) {
      await new Promise(requestAnimationFrame)
      for (const name of ['shell', 'hole'] as const) if (has(name)) seen[name] ??= performance.now() - started
    }
    return seen
  }
  const seen = new Promise<Partial<Click>>((resolve) =>
    addEventListener('click', () => resolve(watch()), { capture: true, once: true }),
  )
  Object.assign(window, { moved: { link, seen } satisfies Moved })
  link.scrollIntoView({ block: 'nearest' })
  // Of a name that is broken into two lines the middle is beside it.
  const box = link.getClientRects()[0]
  return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}
