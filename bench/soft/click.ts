// Makes one move: opens a page, clicks one of its links, and reads when the target was painted.

import { setTimeout as sleep } from 'node:timers/promises'

import { isObject } from '../../protocol/json-shape.ts'
import type { Page } from '../browser/chromium.ts'

export type Click = {
  /** Milliseconds from the click to the frame after the heading appears (`shell`), and after this visit's hole is filled (`hole`). */
  readonly shell: number
  readonly hole: number
  /** Whether the click showed a page that the browser had prerendered. */
  readonly isPrepared?: boolean
}

const PATIENCE = 20_000

/** Resolves when React has hydrated the page. */
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

/** The link, and the text that only this visit's hole shows. */
type Asked = { readonly slug: string; readonly nonce: string }

/**
 * Clicks a link of Next. Times are Infinity for what was not painted.
 *
 * @param before - Milliseconds after which the link is clicked.
 * @param hasPointer - The pointer moves to the link first, like a visitor's. Else a script clicks, without any sign for the router before.
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

/** The same for a plain link, whose page notes its own frames (bench/soft/app). */
export async function followLink(page: Page, asked: Asked, before: number): Promise<Click> {
  const { evaluate } = page
  const place = await evaluate(`(${noteClick.toString()})(${JSON.stringify(asked.slug)})`)
  if (!isObject(place)) throw new Error(`there is no link to ${asked.slug}`)
  const mouse = pointerAt(page, Number(place['x']), Number(place['y']))
  await mouse('mouseMoved')
  await sleep(before)
  // The page that gets the click may be gone before it can confirm it.
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

/** As above. Uses a cookie, which survives the page and is readable in a prepared page. */
function noteClick(slug: string): object | undefined {
  const link = document.querySelector<HTMLElement>(`a[href$="/${slug}"]`)
  const note = (): string => (document.cookie = `clicked=${performance.timeOrigin + performance.now()}; path=/`)
  document.cookie = 'clicked=; path=/; max-age=0'
  addEventListener('click', note, { capture: true, once: true })
  link?.scrollIntoView({ block: 'nearest' })
  // The first line only: the middle of a name that wraps may be outside its text.
  const box = link?.getClientRects()[0]
  return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

/** As above. Undefined until the hole of this visit is painted. */
function framesOf(asked: { slug: string; nonce: string }): Partial<Click> | undefined {
  const painted: unknown = Reflect.get(window, 'painted')
  const clicked = Number(/clicked=([\d.]+)/.exec(document.cookie)?.[1])
  const isThere = location.pathname.endsWith(`/${asked.slug}`) && document.body.textContent?.includes(asked.nonce)
  if (!isThere || typeof painted !== 'object' || painted === null || !('hole' in painted)) return undefined
  // Both by the machine's clock: a prerendered page's own clock begins with its prerender.
  const since = (name: string): number => Number(Reflect.get(painted, name)) - clicked
  const [navigation] = performance.getEntriesByType('navigation')
  const isPrepared = navigation !== undefined && Number(Reflect.get(navigation, 'activationStart')) > 0
  return { shell: since('shell'), hole: since('hole'), isPrepared }
}

type Moved = { readonly link: HTMLElement; readonly seen: Promise<Partial<Click>> }

/** As above. Returns the position of the link, and makes the page watch what follows the click. */
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
  // The first line only: the middle of a name that wraps may be outside its text.
  const box = link.getClientRects()[0]
  return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}
