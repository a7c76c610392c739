// One interface for three browsers, as much of it as the scenarios of faults.spec.ts need. Each engine's file drives one tab.

import { EXPECT_MS } from '../harness/timeouts.ts'

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof ENGINES)[number]

/** A function that runs in the page. It may refer to nothing outside. */
export type PageScript<Args extends readonly unknown[], T> = (...args: Args) => T | Promise<T>

export type Driver = AsyncDisposable & {
  readonly engine: Engine
  /**
   * Navigates as a link of the page does, where it is of the same origin: what the worker makes of that is most of what is tested. Elsewhere, and
   * to the page's own address, as a typed one does. Resolves when the answer's first bytes made a document, or the browser's error page. */
  readonly open: (url: string) => Promise<void>
  /** Rejects where the page goes away meanwhile. */
  readonly run: <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args) => Promise<T>
  readonly screenshot: () => Promise<Buffer>
  /** Errors and warnings that the browser's console has shown so far, uncaught ones too; none where the engine does not tell. */
  readonly complaints: () => readonly string[]
}

/** Opens a tab with a profile that no other tab shares; browsers are kept between tabs. */
export type Browser = AsyncDisposable & { readonly openTab: () => Promise<Driver> }

const PERIOD = 50

/** The first answer of the page that is as it should be. A page that is going away is asked again: waiting for that is the point. */
export async function until<Args extends readonly unknown[], T>(
  driver: Pick<Driver, 'run'>,
  is: (answer: T) => boolean,
  script: PageScript<Args, T>,
  ...args: Args
): Promise<T> {
  const end = performance.now() + EXPECT_MS
  let last: unknown
  while (performance.now() < end) {
    try {
      const answer = await driver.run(script, ...args)
      if (is(answer)) return answer
      last = answer
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, PERIOD))
  }
  throw new Error(
    `the page did not become what was awaited; last: ${last instanceof Error ? last.message : JSON.stringify(last)}: ${script.toString()}`,
  )
}

/** Starts a navigation to another page of the page's own origin. False where `url` is none, or where no link can be: in a drawing. */
export function followOwnLink(url: string): boolean {
  const isOwn = new URL(url).origin === location.origin && url.replace(/#.*/, '') !== location.href.replace(/#.*/, '')
  if (!isOwn || document.contentType !== 'text/html') return false
  const link = Object.assign(document.createElement('a'), { href: url })
  document.documentElement.append(link)
  // What a click leads to takes the page away: the answer comes first.
  setTimeout(() => link.click())
  return true
}

/** Where a driver can say where a navigation comes from: another page of the same origin. */
export function ownReferer(url: string): { readonly referer?: string } {
  return url.startsWith('http') ? { referer: new URL('/from-here', url).href } : {}
}

/**
 * Starts a navigation and resolves when there is another document than before. The empty one, which Firefox shows between two
 * processes, is none.
 */
export async function untilAnotherDocument(driver: Pick<Driver, 'run'>, start: () => Promise<unknown>): Promise<void> {
  const before = await driver.run(() => performance.timeOrigin)
  await start()
  await until(
    driver,
    (now) => now !== before,
    (then) => (location.href === 'about:blank' ? then : performance.timeOrigin),
    before,
  )
}
