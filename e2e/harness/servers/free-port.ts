// Finds ports for servers that must know their port before they listen. The system may give the same free port to the next process that
// asks, and a server takes seconds until it listens. These ports are below the system's range (32768 to 60999 on Linux, from 49152
// elsewhere), and no other test, worker or run gets the same one.

import { once } from 'node:events'
import { createServer } from 'node:net'

import { openReservations, type Reservations, SHARED } from './port-reservations.ts'

const FIRST = 20_000
const COUNT = 12_000

let next = Math.floor(Math.random() * COUNT)
let shared: Reservations | undefined

export async function freePort(): Promise<number> {
  shared ??= openReservations(SHARED)
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + (next++ % COUNT)
    if (shared.reserve(port) && (await isFree(port))) return port
  }
  throw new Error(
    `[shell-cache] Every port from ${FIRST} to ${FIRST + COUNT - 1} is taken, so no server can be started. See what listens there (\`ss -ltnp\`), or remove ${SHARED} where no run is left.`,
  )
}

/** Tries both names that servers listen at: the first may be another address on this system. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['localhost', '127.0.0.1']) if (!(await canListen(port, host))) return false
  return true
}

async function canListen(port: number, host: string): Promise<boolean> {
  const probe = createServer().listen(port, host)
  const isListening = await once(probe, 'listening').then(
    () => true,
    () => false,
  )
  if (!isListening) return false
  probe.close()
  await once(probe, 'close')
  return true
}
