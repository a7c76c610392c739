// The commands `inspect` and `doctor` of the published package, on a real build and on real deployments: one that is well, and one
// for each thing that a host may do to it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { expect, test } from './fixtures.ts'
import { appFolder } from './paths.ts'
import type { Relay } from './relay.ts'

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

test('finds nothing to mend where nothing is broken', async ({ relay }) => {
  const { code, output } = await run('doctor', `${relay.origin}/products/tide-lamp`)
  expect(output.match(/^✓/gm)).toHaveLength(8)
  expect(output).toMatch(/^✓ navigation preload: A preload gets the rest/m)
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
    'has no worker',
    (relay) => void (relay.fault = ({ url }) => (url?.endsWith('/sw.js') ? { status: 404 } : undefined)),
    /^✗ worker: No worker/m,
  ],
  [
    'has lost the records',
    (relay) => void (relay.fault = ({ url }) => (url?.endsWith('.txt') ? { status: 404 } : undefined)),
    /^✗ record: .* status 404/m,
  ],
]

for (const [what, arrange, says] of CASES) {
  test(`says what to mend where a host ${what}`, async ({ relay }) => {
    arrange(relay)
    const { code, output } = await run('doctor', `${relay.origin}/products/tide-lamp`)
    expect(output).toMatch(says)
    expect(code).toBe(/^\? /m.test(output) && !/^✗/m.test(output) ? 0 : 1)
  })
}

test('says what to mend where a host collects answers', async ({ server }) => {
  const collecting = createServer((incoming, outgoing) => {
    const onward = request({
      port: server.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    })
    onward.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const { 'transfer-encoding': _none, ...headers } = response.headers
        const body = Buffer.concat(chunks)
        outgoing.writeHead(response.statusCode ?? 0, { ...headers, 'content-length': body.length }).end(body)
      })
    })
    incoming.pipe(onward)
  }).listen(0, 'localhost')
  await once(collecting, 'listening')
  const address = collecting.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { output } = await run('doctor', `http://localhost:${port}/`)
  expect(output).toMatch(/^✗ streaming: .*Content-Length/m)
  collecting.close()
})

test('says what is no address', async () => {
  expect(await run('doctor', 'shop')).toMatchObject({ code: 1, output: expect.stringContaining('is no address') })
  expect((await run('doctor', 'http://localhost:1/')).code).toBe(1)
})
