// Why a page that starts early needs a script of ours in WebKit (client/page-scripts/run-scripts.ts): WebKitGTK 2.50 runs the async scripts of
// a document only after its end, and those that a script inserts as soon as they are loaded; and it paints nothing of an open document with
// little text. If one of these tests fails, that part of run-scripts.ts is no longer needed.

import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'

import { until } from '../../engines/driver.ts'
import { expect, test } from '../../engines/fixtures.ts'
import { deferred } from '../../../sw/util/async.ts'

// Long enough for WebKit to parse it before more arrives.
const FILLER = `<!--${'x'.repeat(20_000)}-->`
const WITH_SCRIPTS = `<!doctype html><script>ran = []</script>
<script src="/script?parsed" async></script>
<script>document.head.append(Object.assign(document.createElement('script'), { src: '/script?inserted' }))</script>
<h1>A page</h1>${FILLER}`
const WITH_LITTLE_TEXT = `<!doctype html><script>turns = 0; setInterval(() => turns++)</script>
<body><h1>A page</h1><div style="height: 300px; background: red"></div>${FILLER}`

/** A document that stays open, and the scripts that it names. */
async function serve(
  start: string,
): Promise<AsyncDisposable & { readonly origin: string; readonly open: Promise<ServerResponse> }> {
  const open = deferred<ServerResponse>()
  const server = createServer(({ url = '' }, response) => {
    if (url === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).write(start)
      return open.resolve(response)
    }
    const name = url.split('?')[1] ?? ''
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`ran.push(${JSON.stringify(name)})`)
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    origin: `http://localhost:${address.port}`,
    open: open.promise,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const readRan = (): readonly string[] => Reflect.get(self, 'ran') ?? []
const countLoaded = (): number =>
  performance.getEntriesByType('resource').filter(({ name }) => name.includes('/script?')).length
const countTurns = (): number => Number(Reflect.get(self, 'turns') ?? 0)
const isPainted = (): boolean => performance.getEntriesByType('paint').length > 0

test.describe('webkit', { tag: '@webkit' }, () => {
  test.use({ engine: 'webkit' })

  test('an async script runs only after the end of its document, an inserted one before', async ({ tab }) => {
    await using server = await serve(WITH_SCRIPTS)
    await tab.open(`${server.origin}/`)
    await until(tab, (ran) => ran.includes('inserted'), readRan)
    await until(tab, (loaded) => loaded === 2, countLoaded)
    expect(await tab.run(readRan)).toEqual(['inserted'])
    ;(await server.open).end('</html>')
    await until(tab, (ran) => ran.length === 2, readRan)
    expect(await tab.run(readRan)).toEqual(['inserted', 'parsed'])
  })
  test('a document with little text is painted only when it has more, or has ended', async ({ tab }) => {
    await using server = await serve(WITH_LITTLE_TEXT)
    await tab.open(`${server.origin}/`)
    await until(tab, (turns) => turns > 100, countTurns)
    expect(await tab.run(isPainted)).toBe(false)
    await tab.run(() => document.body.append('x'.repeat(300)))
    await until(tab, (painted) => painted, isPainted)
  })
})
