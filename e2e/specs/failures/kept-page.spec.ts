// A page that its shell does not fit, compressed as hosts send it (the suite's relay requests uncompressed responses). Its bytes are
// decoded when the worker reads them, and must not be decoded again.

import { gzipSync } from 'node:zlib'

import { ENGINES, until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { install } from '../../engines/page.ts'

const OTHER = '<!DOCTYPE html><html><body><h1>compressed</h1></body></html>'

for (const engine of ENGINES) {
  test.describe(engine, { tag: `@${engine}` }, () => {
    test.use({ engine })

    test('shows a compressed page in the place of its shell, and asks for it once', async ({ tab, relay, next }) => {
      await install(tab, relay)
      relay.turnTo(next.port)
      let documents = 0
      relay.fault = ({ method, url }) => {
        if (method !== 'GET' || url !== '/?other') return undefined
        documents++
        const headers = { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' }
        return { status: 200, headers, body: gzipSync(OTHER) }
      }
      await tab.open(`${relay.origin}/?other`)
      await until(tab, (text) => text === 'compressed', readHeading)
      expect(documents).toBe(1)
    })
  })
}

function readHeading(): string | undefined {
  return document.querySelector('h1')?.textContent
}
