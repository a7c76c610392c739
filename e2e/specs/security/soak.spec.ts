// Many hostile requests in one run: the server answers each, keeps nothing of them, and keeps serving. `SHELL_CACHE_SOAK=10000` or more
// also checks memory: Node needs the first three thousand requests to reach its size.

import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'

import { badInput } from './bad-input.ts'
import { sendUnread, startEndless, streamsOf } from './endless.ts'
import { expect, test } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { ask, verdictOf } from '../../harness/raw.ts'
import { scaled } from '../../harness/timeouts.ts'

test.use({ isServerOwn: true, appName: 'proxied' })

const REQUESTS = Number(process.env['SHELL_CACHE_SOAK'] ?? 2000)
/** Node's heap and the allocator reach their size during the first this many requests. */
const WARM_UP = 3000
const PARALLEL = 16
/** Connections that are open all the time and never read. */
const UNREAD = 8
const PLACES = 128

/** Megabytes that a process has in memory. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

test('answers each of many hostile requests, and keeps nothing of them', async ({ server }) => {
  test.skip(process.platform !== 'linux', 'memory is read from /proc')
  test.setTimeout(scaled(300_000 * Math.max(1, REQUESTS / 10_000)))
  const files = await originFiles('proxied')
  // Without bodies of a megabyte, which only take long: what the server kept of one it would also keep of a small body.
  // Without requests that Node itself refuses: it closes the connection, perhaps before the whole request was sent.
  await using elsewhere = await startEndless()
  const rows = (await badInput(files, elsewhere.url)).filter(
    ({ request, reason }) => (request.body?.length ?? 0) < 500_000 && reason !== undefined,
  )
  await using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: PARALLEL }), {
    async [Symbol.asyncDispose]() {
      agent.destroy()
    },
  })
  let sent = 0
  const send = async (count: number): Promise<void> => {
    const end = sent + count
    await Promise.all(
      Array.from({ length: PARALLEL }, async () => {
        for (let at = sent++; at < end; at = sent++) {
          const row = rows[at % rows.length]
          if (row) expect((await ask(server.port, row.request, agent)).status, row.name).toBe(row.status)
        }
      }),
    )
    sent = end
  }
  const known = { path: '/echo/known', headers: files.reference('/echo/known') }
  const refused = { path: '/streamed/timer', headers: files.reference('/open') }
  const unread = Array.from({ length: UNREAD }, () => sendUnread(server, [known, refused], 20))
  await send(Math.min(WARM_UP, REQUESTS))
  const before = await residentOf(server.pid)
  await send(Math.max(0, REQUESTS - WARM_UP))
  const after = await residentOf(server.pid)
  console.log(`${sent} hostile requests: ${before.toFixed(0)} MB in the middle, ${after.toFixed(0)} MB at the end`)
  // If 2 KB of each request were kept, that would be 14 MB. The rest is what the garbage collector has not yet freed.
  expect(after - before).toBeLessThan(32)
  for (const { socket } of unread) socket.destroy()
  await expect.poll(async () => (await streamsOf(server)).open, 'streams left').toBe(0)
  await expect.poll(() => elsewhere.open.size, 'streams of another host left').toBe(0)
  const slow = { ...known, path: '/echo/known?wait=1000' }
  const answers = await Promise.all(Array.from({ length: PLACES }, () => ask(server.port, slow)))
  expect(
    answers.filter((answer) => !verdictOf(answer).startsWith('resumed')),
    'places left',
  ).toEqual([])
})
