// Drives Firefox (FIREFOX_PATH, or the system's) through WebDriver BiDi. All tabs share one browser, because it takes seconds to start.
// Each test has an origin of its own, so tabs share nothing that they could notice.

import { launch } from 'puppeteer-core'

import { findProgram } from '../../scripts/ensure/programs.mjs'
import { type Browser, type Driver, followOwnLink, type PageScript, untilAnotherDocument } from './driver.ts'

/** Undefined if Firefox is not installed. @param prefs - Settings of `about:config`. */
export async function startFirefox(prefs: Record<string, unknown> = {}): Promise<Browser | undefined> {
  const executablePath = findProgram('firefox')
  if (executablePath === undefined) return undefined
  const browser = await launch({ browser: 'firefox', executablePath, headless: true, extraPrefsFirefox: prefs })
  const openTab = async (): Promise<Driver> => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (/^(error|warn)$/.test(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    const run = <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> =>
      page.evaluate(`(${script.toString()})(...${JSON.stringify(args)})`) as Promise<T>
    return {
      engine: 'firefox',
      run,
      // Not awaited: Puppeteer waits for the load event, which a scenario may prevent.
      open: (url) =>
        untilAnotherDocument({ run }, async () => {
          if (!(await run(followOwnLink, url).catch(() => false))) void page.goto(url).catch(() => {})
        }),
      screenshot: async () => Buffer.from(await page.screenshot()),
      complaints: () => complaints,
      [Symbol.asyncDispose]: () => page.close(),
    }
  }
  return { openTab, [Symbol.asyncDispose]: () => browser.close() }
}
