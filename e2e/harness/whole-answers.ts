// Reads a response exactly as the server sends it: the status, and the header lines in their spelling and order. Used to compare two
// servers whose pages differ by their build.

import { once } from 'node:events'
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

import { ADDED_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { ANSWER_MS } from './timeouts.ts'

export type Asked = { readonly path: string; readonly method: string; readonly headers: OutgoingHttpHeaders }
export type WholeAnswer = { readonly status: number; readonly lines: readonly Line[]; readonly body: Buffer }
type Line = readonly [name: string, value: string]

const agent = new Agent({ keepAlive: true })

export async function askWhole(port: number, { path, method, headers }: Asked): Promise<WholeAnswer> {
  const outgoing = request({ port, host: 'localhost', path, method, headers, agent })
  outgoing.setTimeout(ANSWER_MS, () => outgoing.destroy(new Error(`${method} ${path} was not answered`)))
  outgoing.end()
  const [answer] = await once(outgoing, 'response')
  const chunks: Buffer[] = await answer.toArray()
  return { status: answer.statusCode, lines: toLines(answer.rawHeaders), body: Buffer.concat(chunks) }
}

function toLines(raw: readonly string[]): readonly Line[] {
  return raw.flatMap((name, at): Line[] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []))
}

export function headerOf({ lines }: WholeAnswer, wanted: string): string | undefined {
  return lines.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** The head of a rest as the worker passes it on: without our origin's own headers, and with those that the origin replaced. */
export function withoutVerdict({ status, lines, body }: WholeAnswer): WholeAnswer {
  const added = lines.find(([name]) => name === ADDED_HEADER)?.[1] ?? '{}'
  const replaced = new Map(Object.entries(JSON.parse(added)))
  const others = lines.filter(([name]) => !replaced.has(name.toLowerCase()) && !OWN.includes(name))
  const own = [...replaced].filter(([, value]) => value !== null).map(([name, value]): Line => [name, String(value)])
  return { status, lines: [...others, ...own], body }
}

const OWN = [ADDED_HEADER, VERDICT_HEADER]

/** For heads that Next did not write alone: its compression adds its header last. */
export function inAnyOrder({ status, lines, body }: WholeAnswer): WholeAnswer {
  const plain = lines.map(([name, value]): Line => [name.toLowerCase(), value.replace(', Accept-Encoding', '')])
  const sorted = plain.toSorted((one, other) => one[0].localeCompare(other[0]) || one[1].localeCompare(other[1]))
  return { status, lines: sorted, body }
}

/** Both heads as texts. They are equal if the heads are, except for values that two builds cannot share. No name is left out. */
export function comparableHeads(one: WholeAnswer, other: WholeAnswer): readonly [string, string] {
  const unequal = ofBytes(one, other)
  const toText = ({ status, lines }: WholeAnswer): string =>
    [
      status,
      ...lines.map(([name, value]) => `${name}: ${unequal.has(name.toLowerCase()) ? '…' : withoutAge(name, value)}`),
    ].join('\n')
  return [toText(one), toText(other)]
}

/**
 * Headers whose values may differ: the clock; what derives from a file's time; and, because a page names its scripts and a payload its
 * build, what derives from the bytes. A response without a body does not tell whether its bytes are equal.
 */
function ofBytes(one: WholeAnswer, other: WholeAnswer): ReadonlySet<string> {
  const isFile = headerOf(one, 'last-modified') !== undefined
  const areEqual = one.body.length > 0 && one.body.equals(other.body)
  return new Set([
    'date',
    ...(isFile ? ['last-modified', 'etag', 'content-range'] : []),
    ...(areEqual ? [] : ['content-length', 'etag']),
  ])
}

/** Two builds may differ in whether a quarter of an hour has passed since they were made. */
function withoutAge(name: string, value: string): string {
  return name.toLowerCase() === 'x-nextjs-cache' ? value.replace('STALE', 'HIT') : value
}
