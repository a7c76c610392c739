// The part of SOCKS5 (RFC 1928) that a browser and its proxy exchange before the connection is open: no authentication, one address.

import { once } from 'node:events'
import type { Socket } from 'node:net'

/** The address to which the browser wants to connect. A name is resolved here, not in the browser. */
export type Destination = { readonly host: string; readonly port: number }

/** Answers to a request, by RFC 1928, section 6. */
const REPLIES = { connected: 0, failed: 1, unreachable: 4, refused: 5 } as const
export type Reply = keyof typeof REPLIES

const VERSION = 5
const NO_AUTHENTICATION = 0
const CONNECT = 1
const ADDRESS = { v4: 1, name: 3, v6: 4 } as const

/** Reads the browser's side of the handshake, and answers the greeting. Rejects if it is not SOCKS5, or if the browser disconnects. */
export async function readDestination(client: Socket): Promise<Destination> {
  const gone = new AbortController()
  client.once('close', () => gone.abort())
  const take = (length = 0): Promise<Buffer> => takeFrom(client, length, gone.signal)
  const [version, methods] = await take(2)
  if (version !== VERSION) throw new Error('no SOCKS5')
  await take(methods)
  client.write(Buffer.of(VERSION, NO_AUTHENTICATION))
  const [, command, , kind] = await take(4)
  if (command !== CONNECT) throw new Error('no request to connect')
  const host = await takeHost(take, kind)
  return { host, port: (await take(2)).readUInt16BE() }
}

/** The result of the request. Its address, which clients ignore, is left empty. */
export function formatReply(reply: Reply): Buffer {
  return Buffer.of(VERSION, REPLIES[reply], 0, ADDRESS.v4, 0, 0, 0, 0, 0, 0)
}

async function takeHost(take: (length?: number) => Promise<Buffer>, kind: number | undefined): Promise<string> {
  if (kind === ADDRESS.v4) return [...(await take(4))].join('.')
  if (kind === ADDRESS.v6) return toGroups(await take(16)).join(':')
  if (kind !== ADDRESS.name) throw new Error('an address of a kind that SOCKS5 does not have')
  const [length] = await take(1)
  return (await take(length)).toString('latin1')
}

function toGroups(bytes: Buffer): string[] {
  return Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16))
}

/** The next bytes, however they arrive. */
async function takeFrom(client: Socket, length: number, gone: AbortSignal): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0)
  for (;;) {
    const bytes: Buffer | null = client.read(length)
    if (bytes?.length === length) return bytes
    if (bytes !== null || client.readableEnded) throw new Error('it ended in the middle')
    await once(client, 'readable', { signal: gone })
  }
}
