// One interface for three browsers, with only what the scenarios of faults.spec.ts need. Each engine's file drives one tab.

import { EXPECT_MS } from '../harness/timeouts.ts'

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof ENGINES)[number]

/** A function that runs in the page. It must refer to nothing outside itself. */
export type PageScript<Args extends readonly unknown[], T> = (...args: Args) => T | Promise<T>

export type Driver = AsyncDisposable & {
  readonly engine: Engine
  /**
   * Navigates like a link of the page if `url` is of the same origin: how the worker handles that is most of what is tested. To other
   * origins, and to the page's own address, it navigates like a typed address. Resolves when the response's first bytes have made a
   * document, or with the browser's error page. */
  readonly open: (url: string) => Promise<void>
  /** Rejects if the page is left meanwhile. */
  readonly run: <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args) => Promise<T>
  readonly screenshot: () => Promise<Buffer>
  /** Errors (uncaught ones too) and warnings of the browser's console so far. Empty if the engine does not report them. */
  readonly complaints: () => readonly string[]
}

/** Opens a tab with a profile that no other tab shares; browsers are kept between tabs. */
export type Browser = AsyncDisposable & { readonly openTab: () => Promise<Driver> }

const PERIOD = 50

/** Runs the script until its result is right, and returns that. If the page is being left, it retries: that is what callers wait for. */
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

/** Follows a link to another page of the same origin. False if `url` is not one, or if the document cannot have links: an image. */
export function followOwnLink(url: string): boolean {
  const isOwn = new URL(url).origin === location.origin && url.replace(/#.*/, '') !== location.href.replace(/#.*/, '')
  if (!isOwn || document.contentType !== 'text/html') return false
  const link = Object.assign(document.createElement('a'), { href: url })
  document.documentElement.append(link)
  // The click leaves the page, so the result must be returned first.
  setTimeout(() => link.click())
  return true
}

/** For drivers that can name the origin of a navigation: another page of the same origin. */
export function ownReferer(url: string): { readonly referer?: string } {
  return url.startsWith('http') ? { referer: new URL('/from-here', url).href } : {}
}

/**
 * Starts a navigation and resolves when there is another document than before. The empty document that Firefox shows between two
 * processes does not count.
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
