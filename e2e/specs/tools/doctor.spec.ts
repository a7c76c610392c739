// The commands `inspect` and `doctor` of the published package, on a real build and on real deployments: a healthy one, and one for each
// thing that a host may do to it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { PassThrough, pipeline } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'

import { expect, test } from '../../harness/fixtures.ts'
import { appFolder } from '../../harness/paths.ts'
import type { Relay } from '../../harness/servers/relay.ts'

const CLI = join(appFolder('shop'), 'node_modules', 'next-shell-cache', 'dist', 'node', 'cli.js')

type Said = { readonly code: number | null; readonly output: string }

async function run(...args: string[]): Promise<Said> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: code as number | null, output: output + errors }
}

test.use({ serverEnv: { SHOP_DELAY_MS: '300' } })

test('inspects the example’s build', async () => {
  const { code, output } = await run('inspect', appFolder('shop'))
  expect(code).toBe(0)
  expect(output).toMatch(/^\/products\/\[slug\] +instant +fallback shell/m)
  expect(output).toMatch(/10 of 10 pages are instant/)
  const { pages, remarks } = JSON.parse((await run('inspect', appFolder('shop'), '--json')).output)
  expect([pages.length, remarks]).toEqual([10, []])
  expect(await run('inspect', join(appFolder('shop'), 'app'))).toMatchObject({ code: 1 })
})

test('passes a deployment that is well', async ({ server }) => {
  const { code, output } = await run('doctor', `http://localhost:${server.port}/products/tide-lamp`)
  expect(output.match(/^✓/gm)).toHaveLength(13)
  expect(output).toMatch(/^✓ compression: Pages come as gzip/m)
  expect(output).toMatch(/^✓ navigation preload: A preload gets only the rest/m)
  expect(output).not.toMatch(/^[?✗]/m)
  expect(code).toBe(0)
})

const CASES: readonly (readonly [what: string, arrange: (relay: Relay) => void, says: RegExp])[] = [
  ['loses our headers', ({ stripped }) => void stripped.add('shell-cache-resume'), /^✗ resume: .* no verdict/m],
  [
    'loses the preload’s header',
    ({ stripped }) => void stripped.add('service-worker-navigation-preload'),
    /^\? navigation preload: .* whole page/m,
  ],
  [
    'refuses POST',
    (relay) => void (relay.fault = ({ method }) => (method === 'POST' ? { status: 405 } : undefined)),
    /^✗ resume: .* status 405/m,
  ],
  [
    'serves no rewrite to a static file',
    (relay) => void (relay.fault = ({ url }) => (url === '/sw.js' ? { status: 404 } : undefined)),
    /^✗ worker: .*shell-cache\/sw\.js is there.* Set `publicWorker: true`/m,
  ],
  [
    'has no worker',
    (relay) => void (relay.fault = ({ url }) => (url?.includes('/sw.js') ? { status: 404 } : undefined)),
    /^✗ worker: No worker/m,
  ],
  [
    'asks for a login',
    (relay) => void (relay.fault = ({ url }) => (url === '/cart' ? { status: 401 } : undefined)),
    /^✗ guard: \/cart: .* status 401.*`routes: \{ '\/cart': 'gated' \}`/m,
  ],
  [
    'asks for a login everywhere',
    (relay) => void (relay.fault = () => ({ status: 401 })),
    /^✗ worker: .* status 401.* 'gated'/m,
  ],
  [
    'has lost a script',
    (relay) =>
      void (relay.fault = ({ url }) => (url?.endsWith('.js') && url !== '/sw.js' ? { status: 404 } : undefined)),
    /^✗ scripts: .* status 404/m,
  ],
  // The relay requests everything uncompressed.
  ['compresses nothing', () => {}, /^\? compression: Uncompressed: pages and records/m],
  [
    'has lost the records',
    (relay) => void (relay.fault = ({ url }) => (url?.endsWith('.txt') ? { status: 404 } : undefined)),
    /^✗ record: .* status 404/m,
  ],
]

for (const [what, arrange, says] of CASES) {
  test(`names the fix if a host ${what}`, async ({ relay }) => {
    arrange(relay)
    const { code, output } = await run('doctor', `${relay.origin}/products/tide-lamp`)
    expect(output).toMatch(says)
    expect(code).toBe(/^\? /m.test(output) && !/^✗/m.test(output) ? 0 : 1)
  })
}

type Host = AsyncDisposable & { readonly url: string }

/** A host in front of a server. `send` decides how it passes responses on. */
async function startHost(
  port: number,
  send: (answer: IncomingMessage, outgoing: ServerResponse) => void,
): Promise<Host> {
  const host = createServer((incoming, outgoing) => {
    const { method, url: path } = incoming
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' }
    const onward = request({ port, method, path, headers }, (response) => {
      outgoing.statusCode = response.statusCode ?? 0
      for (const [name, value] of Object.entries(response.headers))
        if (name !== 'transfer-encoding' && value !== undefined) outgoing.setHeader(name, value)
      send(response, outgoing)
    })
    incoming.pipe(onward)
  }).listen(0, 'localhost')
  await once(host, 'listening')
  const address = host.address()
  if (address === null || typeof address === 'string') throw new Error('the host has no port')
  return {
    url: `http://localhost:${address.port}/`,
    async [Symbol.asyncDispose]() {
      host.closeAllConnections()
      host.close()
      await once(host, 'close')
    },
  }
}

test('names the fix if a host collects answers, and adds headers to them', async ({ server }) => {
  await using host = await startHost(server.port, (response, outgoing) => {
    outgoing.setHeader('cross-origin-embedder-policy', 'require-corp')
    void buffer(response).then((body) => outgoing.setHeader('content-length', body.length).end(body))
  })
  const { output } = await run('doctor', host.url)
  expect(output).toMatch(/^✗ streaming: .*Content-Length/m)
  expect(output).toMatch(/^\? security headers: cross-origin-embedder-policy: /m)
})

test.describe('with a hole that takes its time', () => {
  // Doctor recognises a late part by its share of the total time.
  test.use({ serverEnv: { SHOP_DELAY_MS: '1500' } })

  test('names the fix if a host collects answers behind their head', async ({ server }) => {
    await using host = await startHost(server.port, (response, outgoing) => {
      outgoing.flushHeaders()
      void buffer(response).then((body) => outgoing.end(body))
    })
    expect((await run('doctor', host.url)).output).toMatch(/^\? streaming: The shell came after/m)
  })

  test('names the fix if a host compresses without a flush', async ({ server }) => {
    await using host = await startHost(server.port, (response, outgoing) => {
      const isWanted = /gzip/.test(String(outgoing.req.headers['accept-encoding']))
      const isCompressed = isWanted && response.headers['content-length'] === undefined
      if (isCompressed) outgoing.setHeader('content-encoding', 'gzip')
      pipeline(response, isCompressed ? createGzip() : new PassThrough(), outgoing, () => {})
    })
    const { output } = await run('doctor', host.url)
    expect(output).toMatch(/^✗ compression: As gzip the shell comes after/m)
    expect(output).toMatch(/^✓ streaming/m)
  })
})

test.describe('where scripts lie on another origin', () => {
  test.use({ appName: 'monorepo/apps/web' })

  test('says that it is not there', async ({ server }) => {
    const { code, output } = await run('doctor', `http://localhost:${server.port}/`)
    expect(output).toMatch(/^✗ scripts: http:\/\/cdn\.test\/.* does not answer/m)
    expect(output, 'the rest is looked at all the same').toMatch(/^✓ resume/m)
    expect(code).toBe(1)
  })
})

test('continues if the page has no holes', async ({ server }) => {
  const { code, output } = await run('doctor', `http://localhost:${server.port}/about`)
  expect(output).toMatch(/^✓ resume: The server renders only the holes/m)
  expect(output).not.toMatch(/^[?✗]/m)
  expect(code).toBe(0)
})

test('says what is missing from a command', async () => {
  const missing = await run('doctor')
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('needs the address of a deployment') })
  expect(missing.output.trim().split('\n')).toHaveLength(1)
  const unknown = await run('docter')
  expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('docter is not a command') })
  expect(unknown.output.trim().split('\n')).toHaveLength(1)
})

test('says what is not a URL', async () => {
  expect(await run('doctor', 'shop')).toMatchObject({ code: 1, output: expect.stringContaining('is not a valid URL') })
  expect((await run('doctor', 'http://localhost:1/')).code).toBe(1)
})
