// Refused work stops: whatever the app answers to our requests, nothing of it continues after the refusal is sent. Against a real
// `next start`, with raw sockets: a browser would close its connection and hide the fault.

import { connect } from 'node:net'

import { sendUnread, startEndless, streamsOf } from './endless.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, verdictOf } from '../../harness/raw.ts'

test.use({ isServerOwn: true, appName: 'proxied' })

/** The headers of our two kinds of requests, as a stranger can send them: build and digests are public. */
async function questions(): Promise<readonly Record<string, string>[]> {
  const { manifest, reference } = await originFiles('proxied')
  return [reference('/open'), { 'shell-cache-record': manifest.buildId }]
}

/** Rewritten paths: only Next knows their target. */
const STREAMED = ['/streamed/timer', '/streamed/pull'] as const

test('leaves no stream of a route handler open behind a refusal (field F1)', async ({ server }) => {
  let begun = 0
  for (const path of STREAMED) {
    for (const headers of await questions()) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(server.port, { path, headers })))
      begun += answers.length
      for (const answer of answers) expect([answer.status, verdictOf(answer)]).toEqual([409, 'refused; reason=route'])
    }
  }
  await expect.poll(() => streamsOf(server)).toEqual({ open: 0, begun })
})

test('leaves no stream open behind the refusals of a connection that no one reads (field F1, F2)', async ({
  server,
}) => {
  const [headers = {}] = await questions()
  using unread = sendUnread(server, [{ path: '/streamed/timer', headers }], 20)
  await expect
    .poll(() => streamsOf(server), 'the one that was not refused is still wanted')
    .toEqual({ open: 1, begun: 21 })
  unread.socket.destroy()
  await expect.poll(() => streamsOf(server)).toEqual({ open: 0, begun: 21 })
})

test('asks no handler that no rule leads past (field F1)', async ({ server }) => {
  for (const headers of await questions()) {
    for (const kind of ['timer', 'pull', 'silent']) {
      const answer = await ask(server.port, { path: `/api/stream/${kind}`, headers })
      expect([answer.status, verdictOf(answer)]).toEqual([409, 'refused; reason=route'])
    }
  }
  expect(await streamsOf(server)).toEqual({ open: 0, begun: 0 })
})

test('lets another host go behind a refusal, even if no one reads it (field F1)', async ({ server }) => {
  await using elsewhere = await startEndless()
  const cookie = `elsewhere=${encodeURIComponent(elsewhere.url)}`
  for (const headers of await questions()) {
    const question = { path: '/elsewhere', headers: { ...headers, cookie } }
    const answer = await ask(server.port, question)
    expect([answer.status, verdictOf(answer)]).toEqual([409, 'refused; reason=route'])
    await expect.poll(() => elsewhere.open.size).toBe(0)
    const before = elsewhere.asked()
    using unread = sendUnread(server, [question], 5)
    await expect.poll(elsewhere.asked).toBe(before + 5)
    await expect.poll(() => elsewhere.open.size).toBe(0)
    expect(unread.socket.destroyed).toBe(false)
  }
})

test('gives places back whatever becomes of the connection (field F2)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const known = reference('/echo/known')
  using unread = sendUnread(server, [{ path: '/echo/known', headers: known }], 140)
  const rendered = (): number => server.output().split('rendered echo').length - 1
  await expect.poll(rendered, { timeout: 30_000 }).toBeGreaterThanOrEqual(128)
  await expect
    .poll(async () => verdictOf(await ask(server.port, { path: '/echo/known', headers: known })))
    .toMatch(/^resumed/)
  expect(unread.socket.destroyed).toBe(false)
})

test('takes no more of bodies that never end than it has room for (field F2)', async ({ server }) => {
  const { reference } = await originFiles('proxied')
  const known = reference('/echo/known')
  const head = `POST /echo/known HTTP/1.1\r\nhost: x\r\nshell-cache-resume: ${known['shell-cache-resume']}\r\n`
  const body = Buffer.alloc(MEGABYTE - 1)
  const answers: string[] = []
  const sockets = Array.from({ length: 48 }, () => {
    const socket = connect(server.port, 'localhost')
    socket.on('data', (chunk) => answers.push(String(chunk))).on('error', () => {})
    socket.write(`${head}content-length: ${MEGABYTE}\r\n\r\n`)
    socket.write(body)
    return socket
  })
  await expect.poll(() => answers.filter((text) => text.includes('reason=busy')).length).toBeGreaterThanOrEqual(16)
  for (const socket of sockets) socket.destroy()
  const small = { path: '/echo/known', headers: known, body: 'x' }
  await expect.poll(async () => verdictOf(await ask(server.port, small))).toMatch(/^resumed/)
})

const MEGABYTE = 1024 * 1024
