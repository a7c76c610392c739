// The bad-input matrix (e2e/specs/security/bad-input.ts) against a real `next start`: each row gets the right response, and nothing is
// rendered for it. No browser is used, because none would send these requests.

import { once } from 'node:events'
import { connect } from 'node:net'

import { CANARIES } from '../../harness/builds/canary.ts'
import { badInput } from './bad-input.ts'
import { echoOf } from './echo.ts'
import { startEndless } from './endless.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, type RawAnswer, verdictOf } from '../../harness/raw.ts'
import type { RunningServer } from '../../harness/servers/server.ts'

test.use({ appName: 'proxied' })

const renders = (server: RunningServer): number => server.output().split('rendered echo').length - 1

/** Waits for a last render, so that a late one is counted, too: the server's output is in order. */
async function settled(server: RunningServer): Promise<number> {
  const before = renders(server)
  const { text } = await ask(server.port, { path: '/echo/settled', method: 'GET' })
  expect(echoOf(text).page.params).toEqual({ slug: 'settled' })
  await expect.poll(() => renders(server)).toBeGreaterThan(before)
  return renders(server) - 1
}

test('answers every row of the matrix as it must, and renders nothing', async ({ server }) => {
  const files = await originFiles('proxied')
  await using elsewhere = await startEndless()
  for (const { name, request, status, reason } of await badInput(files, elsewhere.url)) {
    const before = renders(server)
    const answer = await ask(server.port, request)
    expect.soft(answer.status, name).toBe(status)
    if (reason !== undefined && request.method !== 'HEAD') {
      expect.soft(verdictOf(answer), name).toBe(`refused; reason=${reason}`)
      expect.soft(answer.headers['cache-control'], name).toBe('private, no-store')
    }
    expect.soft(answer.headers['access-control-allow-origin'], name).toBeUndefined()
    expect.soft(answer.text, name).toBe('')
    expect.soft(await settled(server), `renders of ${name}`).toBe(before)
  }
  expectNoSecret(server.output())
})

test('resumes the pages that the rows are variations of', async ({ server }) => {
  const { reference, manifest, seal, sealedState } = await originFiles('proxied')
  const known = await ask(server.port, { path: '/echo/known', headers: reference('/echo/known') })
  expect(known.status).toBe(200)
  expect(verdictOf(known)).toMatch(/^resumed/)
  const open = await ask(server.port, { path: '/open', headers: reference('/open') })
  expect(verdictOf(open)).toMatch(/^resumed/)
  const member = { ...reference('/account'), cookie: 'session=ann' }
  const account = await ask(server.port, { path: '/account', headers: member })
  expect(account.text).toContain('ann')
  expect(account.headers['x-greeting']).toBe('hello ann')
  expect(account.headers['set-cookie']).toEqual([expect.stringMatching(/^seen=yes/)])
  // Proves that the forged seals of the matrix have the right form: the same seal with the right binding opens.
  const digest = manifest.records.find(({ key }) => key === '/open')?.digest
  if (!digest) throw new Error('no record of /open')
  const carried = seal({ basePath: '', buildId: manifest.buildId, key: '/open', route: '/open', digest }, 'x')
  expect(carried.length).toBeGreaterThan(40)
  expect((await sealedState('/open')).length).toBeGreaterThan(carried.length)
})

test('shows neither proxy nor page what only Next may say (B16, B19 to B22, B24)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const inside = {
    'x-middleware-set-cookie': 'user=root',
    'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
    'x-matched-path': '/open',
    'x-now-route-matches': 'slug=SECRET',
    'x-nextjs-data': '1',
    'x-http-method-override': 'DELETE',
    rsc: '1',
    'next-router-prefetch': '1',
    'next-resume': '1',
    'x-next-resume-state-length': '4',
    'next-url': '/SECRET',
    range: 'bytes=0-1',
    'if-none-match': '*',
  }
  const path = '/echo/known?nxtPslug=SECRET&nxtPslug=SECRET&%6ExtPslug=SECRET&nxtIslug=SECRET&a=1'
  const answer = await ask(server.port, { path, headers: { ...reference('/echo/known'), ...inside } })
  expect(verdictOf(answer)).toMatch(/^resumed/)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.text).not.toMatch(/SECRET|root/)
  const { page, proxy } = echoOf(answer.text)
  expect(page).toMatchObject({ params: { slug: 'known' }, query: { a: '1' }, cookies: [] })
  expect(new URL(proxy.url).search).toBe('?a=1')
  expect(proxy.method).toBe('GET')
  const seen = [...Object.keys(page.headers), ...Object.keys(proxy.headers)]
  expect(seen.filter((name) => name in inside && name !== 'x-http-method-override')).toEqual([])
})

test('answers for a page that is not there as Next does (B26)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const plain = await ask(server.port, { path: '/listed/two', method: 'GET' })
  expect(plain.status).toBe(404)
  const answer = await ask(server.port, { path: '/listed/two', headers: reference('/listed/one') })
  expect([answer.status, verdictOf(answer)]).toEqual([404, 'refused; reason=absent'])
})

test('leaves what is no POST to Next, as if it carried nothing of ours (B24, field F5)', async ({ server }) => {
  const { manifest, reference } = await originFiles('proxied')
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const plain = await ask(server.port, { path: '/open', method })
    for (const headers of [reference('/open'), { 'shell-cache-record': manifest.buildId }]) {
      const answer = await ask(server.port, { path: '/open', method, headers })
      expect([answer.status, answer.headers['shell-cache-verdict']], method).toEqual([plain.status, undefined])
      expect(answer.text.length > 0, method).toBe(plain.text.length > 0)
    }
  }
})

test('ignores a wrong cookie of draft mode (B28)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const headers = { ...reference('/echo/known'), cookie: '__prerender_bypass=wrong' }
  expect(verdictOf(await ask(server.port, { path: '/echo/known', headers }))).toMatch(/^resumed/)
})

test('sends a stranger where the plain document does, whatever host they name (B27, B31)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  for (const host of [`localhost:${server.port}`, 'evil.example']) {
    const plain = await ask(server.port, { path: '/account', method: 'GET', headers: { host } })
    const answer = await ask(server.port, { path: '/account', headers: { ...reference('/account'), host } })
    expect(plain.status).toBe(307)
    expect(answer.headers.location).toBe(plain.headers.location)
    expect(answer.headers['set-cookie']).toEqual(plain.headers['set-cookie'])
  }
})

test('gives up on a body that does not come, and closes (B14)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const socket = connect(server.port, 'localhost')
  const head = `POST /echo/known HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${reference('/echo/known')['shell-cache-resume']}`
  socket.write(`${head}\r\ncontent-length: 100\r\n\r\nslow`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await once(socket, 'close')
  expect(Buffer.concat(chunks).toString('latin1')).toMatch(/^HTTP\/1\.1 408 .*refused; reason=slow/s)
})

/** The number of parallel renders that the origin allows by default. */
const PLACES = 128

test('tells the ones over the limit to come back, and forgets those who left (B32)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const wanted = { path: '/echo/known', headers: reference('/echo/known') }
  const leaving = Array.from({ length: PLACES }, () => {
    const socket = connect(server.port, 'localhost')
    socket.write(
      `POST /echo/known?wait=600000 HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${wanted.headers['shell-cache-resume']}\r\n\r\n`,
    )
    return socket
  })
  await Promise.all(leaving.map((socket) => once(socket, 'data')))
  for (const answer of await Promise.all(Array.from({ length: 100 }, () => ask(server.port, wanted)))) {
    expect(answer.status).toBe(503)
    expect(verdictOf(answer)).toBe('refused; reason=busy')
    expect(answer.headers['retry-after']).toBe('1')
  }
  for (const socket of leaving) socket.destroy()
  const askAll = (): Promise<RawAnswer[]> => Promise.all(Array.from({ length: PLACES }, () => ask(server.port, wanted)))
  await expect.poll(async () => (await askAll()).filter(isWhole).length).toBe(PLACES)
})

const isWhole = ({ status, text }: RawAnswer): boolean => status === 200 && text.endsWith('</body></html>')

function expectNoSecret(text: string): void {
  for (const secret of CANARIES) expect(text).not.toContain(secret)
}
