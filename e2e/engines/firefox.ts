// Firefox (FIREFOX_PATH, or the system's) through WebDriver BiDi. One browser for all tabs: it takes seconds to start. Each test is an origin of its
// own, so tabs share nothing that they could tell.

import { launch } from 'puppeteer-core'

import { findProgram } from '../../scripts/ensure/programs.mjs'
import { type Browser, type Driver, followOwnLink, type PageScript, untilAnotherDocument } from './driver.ts'

/** Undefined where there is none. @param prefs - Of its `about:config`. */
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
      // Not awaited: Puppeteer waits for a load that a scenario may well prevent.
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
