// Why the worker fetches the document before its response is there, if it asks for no rest (`isAsked` of sw/transport/continuation.ts):
// WebKitGTK 2.50 sends the GET of a navigation before its cold worker runs, and hands it to `fetch(event.request)` only if that is called
// before `respondWith()` has a response. When the late fetch costs one request as well, this fails, and the order no longer matters.

import type { IncomingMessage } from 'node:http'

import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { type Fault, type Relay, startRelay } from '../../harness/servers/relay.ts'
import { scaled } from '../../harness/timeouts.ts'

/** WebKit stops a worker ten seconds after the last page of its origin. No event tells of it. */
const IDLE_MS = scaled(12_000)

/** Answers with the time of its start as the title, and with the network's bytes after it. */
const worker = (isLate: boolean): string => `
const began = Date.now()
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
const later = () => new Promise((resolve) => setTimeout(resolve, 50))
async function* bytes(asked) {
  yield new TextEncoder().encode('<!doctype html><title>' + began + '</title>')
  yield new Uint8Array(await (await asked()).arrayBuffer())
}
function toStream(pieces) {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}
addEventListener('fetch', (event) => {
  const asked = ${isLate} ? undefined : fetch(event.request)
  const ask = async () => asked ?? (await later(), fetch(event.request))
  event.respondWith(new Response(toStream(bytes(ask)), { headers: { 'content-type': 'text/html' } }))
})`

const PAGE = '<!doctype html><title>network</title><script>navigator.serviceWorker.register("/probe.js")</script>'

function answer(isLate: boolean): (incoming: IncomingMessage) => Fault | undefined {
  return ({ url }) => {
    if (url === '/probe.js')
      return { status: 200, headers: { 'content-type': 'text/javascript' }, body: worker(isLate) }
    return url === '/probe' ? { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE } : undefined
  }
}

const documents = ({ exchanges }: Relay): number =>
  exchanges.filter(({ method, url }) => method === 'GET' && url === '/probe').length

test.describe('webkit', { tag: '@webkit' }, () => {
  test.use({ engine: 'webkit', app: 'shop' })

  for (const [when, isLate, requests] of [
    ['before its response', false, 1],
    ['after its response', true, 2],
  ] as const)
    test(`a cold worker that fetches the document ${when} costs ${requests}`, async ({ tab, relay, server }) => {
      await using elsewhere = await startRelay(server.port)
      elsewhere.fault = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' })
      relay.fault = answer(isLate)
      await tab.open(`${relay.origin}/probe`)
      await until(
        tab,
        (isThere) => isThere,
        async () => (await navigator.serviceWorker.ready).active?.state === 'activated',
      )
      const visited = async (): Promise<string> => {
        await tab.open(`${relay.origin}/probe`)
        return until(
          tab,
          (title) => /^\d+$/.test(title),
          () => (document.readyState === 'complete' ? document.title : ''),
        )
      }
      const before = await visited()
      await tab.open(elsewhere.origin)
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      const since = documents(relay)
      expect(await visited(), 'the worker was stopped, and started again').not.toBe(before)
      expect(documents(relay) - since).toBe(requests)
    })
})
