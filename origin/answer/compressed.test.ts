// Proves to whom the build's dictionary is named, and that the compressed bytes are what Next has written, flush by flush. e2e proves that
// a browser reads them (dictionary.spec.ts). A Node without the option shows that nothing is different there.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import zlib from 'node:zlib'

import { expect, it, vi } from 'vitest'

import { formatPreloadHeader } from '../../protocol/shell-inventory.ts'
import { Dictionary } from '../records/dictionary.ts'
import { BUILD, DICTIONARY, HAS_DICTIONARIES, writeApp } from '../test-app.ts'
import { type Behaviour, writePage } from '../test-next.ts'
import { startOrigin } from '../test-origin.ts'

const FILE = 'dictionary.test.txt'
const URL_OF_FILE = `/_next/static/shell-cache/${FILE}`
const HASH = createHash('sha256').update(DICTIONARY).digest()
const HELD = { 'accept-encoding': 'gzip, br, zstd, dcb, dcz', 'available-dictionary': `:${HASH.toString('base64')}:` }
const NAVIGATION = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'service-worker-navigation-preload': formatPreloadHeader({ buildId: BUILD, hasAll: true, named: new Map() }),
}
const compression = createRequire(import.meta.url)('next/dist/compiled/compression')({ threshold: 0 })

/** Like Next's own server: its compression is below the code that answers. */
const start = (behaviour: Behaviour = {}) =>
  startOrigin(
    { before: (incoming, response) => compression(incoming, response, () => {}), ...behaviour },
    { dictionary: FILE },
  )

/** Uses Node's own client, which decompresses nothing. */
async function get(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const sent = request(url, { headers }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** `zstdDecompressSync`, which the types of the oldest Node do not have. */
function decompress(bytes: Uint8Array): string {
  const made: unknown = Reflect.apply(Reflect.get(zlib, 'zstdDecompressSync'), zlib, [
    bytes,
    { dictionary: Buffer.from(DICTIONARY) },
  ])
  return String(made)
}

it('has a dictionary where this Node compresses with one, and none elsewhere', async () => {
  await using app = await writeApp([], { dictionary: FILE })
  expect(Dictionary.read(app.folder, FILE, '')?.url).toBe(HAS_DICTIONARIES ? URL_OF_FILE : undefined)
  expect(Dictionary.read(app.folder, 'gone.txt', '')).toBeUndefined()
  expect(Dictionary.read(app.folder, undefined, '')).toBeUndefined()
})

it('compresses as always without the option, and names nothing', async () => {
  await using app = await startOrigin({
    before: (incoming, response) => compression(incoming, response, () => {}),
  })
  const { headers } = await get(app.url, { ...NAVIGATION, ...HELD })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'shell-cache-verdict': expect.any(String) })
  expect(headers['shell-cache-dictionary']).toBeUndefined()
})

it.runIf(HAS_DICTIONARIES)('names the dictionary to a browser that has none, and has it keep the file', async () => {
  await using app = await start()
  const { headers } = await get(app.url, { ...NAVIGATION, 'accept-encoding': 'gzip, br, zstd' })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'shell-cache-dictionary': URL_OF_FILE })
  expect(JSON.parse(String(headers['shell-cache-added']))).toMatchObject({ 'shell-cache-dictionary': null })
  const file = await get(app.url + URL_OF_FILE, {})
  expect(file.headers['use-as-dictionary']).toBe('match="/*", match-dest=("document")')
  const other = await get(`${app.url}/_next/static/shell-cache/dictionary.other.txt`, {})
  expect(other.headers['use-as-dictionary']).toBeUndefined()
})

it.runIf(HAS_DICTIONARIES)('compresses a rest with the dictionary that the browser has', async () => {
  await using app = await start({ write: (response, body) => writePage(response, `${body}${DICTIONARY}`) })
  const response = await get(app.url, { ...NAVIGATION, ...HELD })
  const { headers } = response
  expect(headers).toMatchObject({
    'content-encoding': 'dcz',
    'cache-control': expect.stringContaining('no-store'),
    vary: expect.stringContaining('available-dictionary'),
  })
  expect(headers['shell-cache-dictionary']).toBeUndefined()
  expect(JSON.parse(String(headers['shell-cache-added']))).toMatchObject({ 'content-encoding': null })
  const bytes = await bytesOf(response)
  expect(bytes.subarray(0, 40)).toEqual(Buffer.concat([Buffer.from('5e2a4d1820000000', 'hex'), HASH]))
  const text = decompress(bytes.subarray(40))
  expect(text).toContain('"state":"home"')
  expect(text.endsWith(DICTIONARY)).toBe(true)
  expect(bytes.length).toBeLessThan(text.length / 2)
})

it.runIf(HAS_DICTIONARIES).each([
  ['another dictionary', { ...HELD, 'available-dictionary': `:${Buffer.alloc(32).toString('base64')}:` }],
  ['no dictionary', { 'accept-encoding': HELD['accept-encoding'] }],
  ['a proxy on the way that takes gzip alone', { ...HELD, 'accept-encoding': 'gzip' }],
  ['a refusal of it', { ...HELD, 'accept-encoding': 'gzip, dcz;q=0' }],
])('compresses as always for a browser with %s', async (_name, headers) => {
  await using app = await start()
  const { headers: answered } = await get(app.url, { ...NAVIGATION, ...headers })
  expect(answered).toMatchObject({ 'content-encoding': 'gzip', 'shell-cache-verdict': expect.any(String) })
})

it.runIf(HAS_DICTIONARIES)('compresses nothing but rests so', async () => {
  await using app = await start()
  const whole = await get(`${app.url}/whole`, { ...NAVIGATION, ...HELD })
  expect(whole.headers).toMatchObject({ 'content-encoding': 'gzip' })
  expect(whole.headers['shell-cache-verdict']).toBeUndefined()
  const resumed = await app.send('/', { headers: { ...app.reference(app.home), ...HELD } })
  expect(resumed.headers.get('content-encoding')).toBe('gzip')
  expect(await resumed.text()).toContain('"state":"home"')
})

it.runIf(HAS_DICTIONARIES)('lets each part out as Next flushes it', async () => {
  let sendSecond = (): void => {}
  await using app = await start({
    write(response) {
      response.setHeader('content-type', 'text/html')
      response.write('first')
      Reflect.apply(Reflect.get(response, 'flush'), response, [])
      // The second part is written only after the first was read.
      sendSecond = () => void response.end('second')
    },
  })
  const response = await get(app.url, { ...NAVIGATION, ...HELD })
  const decoder: NodeJS.ReadWriteStream = Reflect.apply(Reflect.get(zlib, 'createZstdDecompress'), zlib, [
    { dictionary: Buffer.from(DICTIONARY) },
  ])
  const isHeader = { left: 40 }
  Readable.from(withoutHeader(response, isHeader)).pipe(decoder)
  const parts = decoder[Symbol.asyncIterator]()
  expect(String((await parts.next()).value)).toBe('first')
  sendSecond()
  expect(String((await parts.next()).value)).toBe('second')
})

async function* withoutHeader(response: IncomingMessage, header: { left: number }): AsyncGenerator<Buffer> {
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const skipped = Math.min(header.left, chunk.length)
    header.left -= skipped
    if (skipped < chunk.length) yield chunk.subarray(skipped)
  }
}

it.runIf(HAS_DICTIONARIES)('holds back who writes until a slow client reads, and sends all of it', async () => {
  const lines = Array.from({ length: 4000 }, (_none, at) => createHash('sha512').update(String(at)).digest('hex'))
  const page = lines.join('\n')
  let waited = 0
  await using app = await start({
    async write(response) {
      response.setHeader('content-type', 'text/html')
      for (const line of lines) {
        if (!response.write(line === lines[0] ? line : `\n${line}`)) {
          waited++
          await once(response, 'drain')
        }
      }
      response.end()
    },
  })
  const response = await get(app.url, { ...NAVIGATION, ...HELD })
  const bytes = await bytesOf(response)
  expect(decompress(bytes.subarray(40))).toBe(page)
  expect(waited).toBeGreaterThan(0)
})

it.runIf(HAS_DICTIONARIES)('cuts the answer of a render that breaks, and ends with a client that goes', async () => {
  const encoders = vi.spyOn(Dictionary.prototype, 'createEncoder')
  let closed: Promise<unknown> = Promise.resolve()
  await using app = await start({
    write(response) {
      response.setHeader('content-type', 'text/html')
      response.write('half')
      Reflect.apply(Reflect.get(response, 'flush'), response, [])
      closed = once(response, 'close')
      if (response.req.headers['x-break']) response.destroy()
    },
  })
  const broken = get(app.url, { ...NAVIGATION, ...HELD, 'x-break': '1' }).then(bytesOf)
  await expect(broken).rejects.toThrow()
  const left = await get(app.url, { ...NAVIGATION, ...HELD })
  left.destroy()
  await closed
  expect(encoders.mock.results.map(({ value }) => value.destroyed)).toEqual([true, true])
})
