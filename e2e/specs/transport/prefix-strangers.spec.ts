// `transport: 'prefix'`: the worker learns a shell only from bytes that the visitor and a stranger both get. A host may put visitor data
// into the first bytes of a page, and that must not stay in a browser that another visitor uses next.

import { ENGINES, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'

const HEADERS = { 'content-type': 'text/html; charset=utf-8', 'x-nextjs-postponed': '1' }

/** A document in Next's form: a shell, then the page's data, then holes that differ in every response. */
function documentOf(heading: string): string {
  const data = '<script>(self.__next_f=self.__next_f||[]).push([0])</script>'
  return `<!DOCTYPE html><html><body><h1>${heading}</h1>${data}<p>${Math.random()}</p></body></html>`
}

/** What each visit to a changed page sees, how it was answered, and what is stored for the page afterwards. */
const PAGES = [
  [
    'learns a page that is the same for a stranger',
    'for all',
    ['network', 'instant', 'instant'],
    ['for all', 'for all', 'for all'],
    1,
  ],
  [
    'stores nothing of a page that is not',
    'for ada',
    ['network', 'network', 'network'],
    ['in doubt', 'nothing', 'nothing'],
    2,
  ],
] as const

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine, app: 'fresh-prefix' })

    for (const [title, heading, outcomes, stored, strangers] of PAGES)
      test(title, async ({ tab, relay }) => {
        await install(tab, relay)
        await tab.run(() => void (document.cookie = 'visitor=ada'))
        const asked: string[] = []
        relay.fault = ({ method, url, headers: { cookie } }) => {
          if (method !== 'GET' || url !== '/') return undefined
          asked.push(cookie === undefined ? 'stranger' : 'visitor')
          return { status: 200, headers: HEADERS, body: documentOf(cookie === undefined ? 'for all' : heading) }
        }
        for (const [at, outcome] of outcomes.entries()) {
          await tab.open(`${relay.origin}/`)
          const shown = await until(tab, (page) => page.heading === heading, readPage)
          expect(shown.outcome, `visit ${at + 1}`).toBe(outcome)
          await until(tab, (state) => state === stored[at], readStored)
          await tab.open(`${relay.origin}/items/elsewhere`)
        }
        expect(asked.filter((one) => one === 'stranger')).toHaveLength(strangers)
        expect(asked).toHaveLength(outcomes.length + strangers)
      })
  })
}

function readPage(): { readonly heading: string; readonly outcome: string } {
  const isOver = document.readyState === 'complete' && document.querySelector('meta[http-equiv=refresh]') === null
  const [navigation] = performance.getEntriesByType('navigation')
  const timings: readonly PerformanceServerTiming[] = navigation?.toJSON().serverTiming ?? []
  return {
    heading: (isOver && document.querySelector('h1')?.textContent) || '',
    outcome: timings.find(({ name }) => name === 'shell')?.description ?? 'network',
  }
}

/** The heading of the stored shell, or whether the page is known to differ for a stranger, or nothing. */
async function readStored(): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('next-shell-cache:/')
    opening.onsuccess = () => resolve(opening.result)
  })
  type Row = { readonly key: string; readonly shell: Uint8Array; readonly unfitFor?: readonly number[] }
  const rows = await new Promise<Row[]>((resolve) => {
    const reading = database.transaction('records').objectStore('records').getAll()
    reading.onsuccess = () => resolve(reading.result)
  })
  database.close()
  const row = rows.find(({ key }) => key === '/')
  if (!row) return 'nothing'
  if (row.unfitFor?.length) return 'in doubt'
  return /<h1>(.*?)<.h1>/.exec(new TextDecoder().decode(row.shell))?.[1] ?? ''
}
