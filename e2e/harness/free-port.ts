// Ports for servers that must be told one before they listen. Whatever is given by the system would be given again to the next who
// asks for any port, and a server takes seconds until it listens: these lie below those that the system gives (32768 to 60999 on
// Linux, from 49152 on elsewhere).

import { once } from 'node:events'
import { createServer } from 'node:net'

const FIRST = 20_000
const EACH = 1_500
const LANES = 8

/** No two tests that run at once have the same; 0 outside of Playwright. */
const lane = Number(process.env['TEST_PARALLEL_INDEX'] ?? 0) % LANES
let next = Math.floor(Math.random() * EACH)

export async function freePort(): Promise<number> {
  for (let tries = 0; tries < EACH; tries++) {
    const port = FIRST + lane * EACH + (next++ % EACH)
    if (await isFree(port)) return port
  }
  throw new Error('no free port')
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, 'localhost')
  const isListening = await once(probe, 'listening').then(
    () => true,
    () => false,
  )
  if (!isListening) return false
  probe.close()
  await once(probe, 'close')
  return true
}
