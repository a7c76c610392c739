// Proves what the worker accepts as a resume and what it does with every other response, with msw as the network. Only a verdict
// that names the requested record counts; a status proves nothing.

import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'

import type { ResumingRecord } from '../../protocol/record/record.ts'
import { formatVerdict, REFUSALS, type Verdict } from '../../protocol/verdict.ts'
import { comingFrom, resumingRecord } from '../util/test-worker.ts'
import { type AskForRest, askNobody, continueShell } from './continuation.ts'
import { askByNextResume } from './next-resume.ts'
import { PLAIN } from './plain.ts'
import type { Rest } from './rest.ts'

const URL = 'https://shop.test/products/a?sort=price'
const record = resumingRecord('/products/a')
const other = resumingRecord('/products/b')
const server = setupServer()

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

type Asked = {
  readonly method: string
  readonly header: string | null
  readonly body: string
  readonly accept: string | null
}

/** Answers the requests in turn; the returned list grows with each. */
function serve(...answers: (() => Response)[]): Asked[] {
  const asked: Asked[] = []
  server.use(
    http.all('https://shop.test/*', async ({ request }) => {
      const { method, headers } = request
      const body = await request.text()
      asked.push({ method, header: headers.get('shell-cache-resume'), body, accept: headers.get('accept') })
      return answers[asked.length - 1]?.() ?? HttpResponse.error()
    }),
  )
  return asked
}

const html =
  (body: string, verdict?: Verdict, status = 200) =>
  () =>
    new HttpResponse(body, {
      status,
      headers: { 'content-type': 'text/html', ...(verdict ? { 'shell-cache-verdict': formatVerdict(verdict) } : {}) },
    })
const resumed = { kind: 'resumed', digest: record.digest, current: record.digest, isStale: false } as const
const refused = (reason: (typeof REFUSALS)[number]): Verdict => ({ kind: 'refused', reason })

const allowing = (signal = new AbortController().signal, milliseconds = 60_000) => ({
  signal,
  timeouts: { store: 50, offline: milliseconds, response: milliseconds, idle: 1000 },
})
const OWN_PAGE = 'https://shop.test/'
const ask = (referrer = OWN_PAGE, askForRest = PLAIN.askForRest, asked: ResumingRecord = record) => {
  const request = comingFrom(referrer, new Request(URL, { headers: { accept: 'text/html' } }))
  return continueShell(asked, request, allowing(), askForRest)
}

async function bytesOf(rest: Rest): Promise<string> {
  if (!('body' in rest)) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (let next = await rest.body.read(); !next.done; next = await rest.body.read()) text += decoder.decode(next.value)
  return text
}

it('asks for the record by its digest alone, as the page itself would', async () => {
  const asked = serve(html('holes', resumed))
  const rest = await ask()
  expect(rest.kind).toBe('resumed')
  expect(await bytesOf(rest)).toBe('holes')
  expect(asked).toEqual([{ method: 'POST', header: `build; shell=${record.digest}`, body: '', accept: 'text/html' }])
})

it('sends the sealed state if the origin does not know the digest', async () => {
  const asked = serve(html('', refused('unknown'), 409), html('holes', resumed))
  expect((await ask()).kind).toBe('resumed')
  expect(asked.map(({ method, body }) => [method, body])).toEqual([
    ['POST', ''],
    ['POST', 'sealed'],
  ])
})

it.each<[string, () => Response]>([
  ...REFUSALS.filter((reason) => reason !== 'unknown').map((reason): [string, () => Response] => [
    `refuses for ${reason}`,
    html('', refused(reason), 409),
  ]),
  ['says nothing', html('<html>a whole document')],
  ['resumes another record', html('holes', { ...resumed, digest: other.digest })],
  ['resumes with an error status', html('holes', resumed, 500)],
  ['redirects', () => HttpResponse.redirect('https://shop.test/login')],
  ['breaks', () => HttpResponse.error()],
])('takes the network’s document when the origin %s', async (_name, answer) => {
  const asked = serve(answer, html('<html>document'))
  const rest = await ask()
  expect(rest.kind).toBe('document')
  expect(await bytesOf(rest)).toBe('<html>document')
  expect(asked.map(({ method, header }) => [method, header !== null])).toEqual([
    ['POST', true],
    ['GET', false],
  ])
})

it.each<[string, () => Response, object]>([
  ['an error page', html('<html>', undefined, 500), { kind: 'other', isForNow: true }],
  ['something else than HTML', () => HttpResponse.json({}), { kind: 'other', page: expect.any(Response) }],
])('continues with nothing when the network has %s', async (_name, answer, rest) => {
  serve(html('', refused('build'), 409), answer)
  expect(await ask()).toEqual(rest)
})

it.each(['{', '[]', 'null', '"x"', '{"a b":"c"}', '{"a":"b\\nc"}'])(
  'lets a body go whose head does not read: %s',
  async (added) => {
    let cancelled = 0
    const body = new ReadableStream({ cancel: () => void cancelled++ })
    const headers = { 'shell-cache-verdict': formatVerdict(resumed), 'shell-cache-added': added }
    const network = vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response(body, { headers }))
    network.mockResolvedValueOnce(html('<html>document')())
    expect((await ask()).kind).toBe('document')
    expect(cancelled).toBe(1)
    network.mockRestore()
  },
)

it('refuses to go on from a shell that is not what the origin has under its digest', async () => {
  const verdict = { ...resumed, shellHash: other.shellHash }
  const asked = serve(html('holes', verdict), html('holes', { ...resumed, shellHash: record.shellHash }))
  const [request, signal] = [comingFrom(OWN_PAGE, new Request(URL)), new AbortController().signal]
  expect(await PLAIN.askForVerdict(record, request, signal)).toEqual({
    kind: 'refused',
    reason: 'seal',
    location: null,
  })
  expect((await PLAIN.askForVerdict(record, request, signal)).kind).toBe('resumed')
  expect(asked).toHaveLength(2)
})

// The worker's own POST would be `same-origin`, and carry SameSite=Strict cookies.
it.each(['https://other.test/', 'https://shop.test.other.test/', '', 'about:client'])(
  'lets the browser’s own request bring what follows a shell for a navigation from "%s"',
  async (referrer) => {
    const asked = serve(html('<html>document'), html('<html>document'))
    const raw = { ...record, stateForm: 'raw' } as const
    for (const rest of [await ask(referrer), await ask(referrer, askByNextResume, raw)]) {
      expect(rest.kind).toBe('document')
      expect(await bytesOf(rest)).toBe('<html>document')
    }
    expect(asked.map(({ method, header }) => [method, header])).toEqual([
      ['GET', null],
      ['GET', null],
    ])
    const [plain, signal] = [comingFrom(referrer, new Request(URL)), new AbortController().signal]
    expect(await PLAIN.askForVerdict(record, plain, signal)).toEqual({ kind: 'unanswered' })
    expect(asked).toHaveLength(2)
  },
)

it('says so when the network does not answer at all', async () => {
  serve()
  expect(await ask()).toEqual({ kind: 'unreachable' })
})

it('asks no more when no one waits any longer', async () => {
  const abort = new AbortController()
  const asked = serve(() => {
    abort.abort()
    return HttpResponse.error()
  })
  expect(await continueShell(record, new Request(URL), allowing(abort.signal), PLAIN.askForRest)).toEqual({
    kind: 'unreachable',
  })
  expect(asked).toHaveLength(1)
})

it('takes the network’s document when the origin does not answer in time, and lets the origin go', async () => {
  let aborted: AbortSignal | undefined
  const hanging: AskForRest = (_record, _request, signal) => {
    aborted = signal
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
  }
  // Answers immediately, because the document has no more than the same few milliseconds.
  const network = vi.spyOn(globalThis, 'fetch').mockResolvedValue(html('<html>document')())
  const rest = await continueShell(record, new Request(URL), allowing(undefined, 20), hanging)
  expect(rest.kind).toBe('document')
  expect(network).toHaveBeenCalledOnce()
  expect(aborted?.aborted).toBe(true)
})

it('asks for the document before it returns, where no one is asked for the rest', async () => {
  const network = vi.spyOn(globalThis, 'fetch').mockResolvedValue(html('<html>document')())
  const rest = continueShell(record, new Request(URL), { ...allowing(), isAsked: false }, () =>
    expect.fail('a question'),
  )
  expect(network).toHaveBeenCalledOnce()
  expect((await rest).kind).toBe('document')
})

it('leaves the reload to the browser if the network does not answer in time', async () => {
  server.use(http.get('https://shop.test/*', () => new Promise<never>(() => {})))
  expect(await continueShell(record, new Request(URL), allowing(undefined, 20), askNobody)).toEqual({
    kind: 'other',
    isForNow: true,
  })
})

it.each([
  [true, 'resumed'],
  [false, 'unreachable'],
])(
  'waits for an origin that is slower than a start without a network, if the page is in use: %s',
  async (isInUse, kind) => {
    vi.useFakeTimers()
    try {
      const late: AskForRest = async (_record, _request, signal) => {
        await new Promise((resolve) => setTimeout(resolve, 5000))
        signal.throwIfAborted()
        return { kind: 'resumed', body: new Blob(['holes']).stream().getReader(), hasNewer: false }
      }
      const timeouts = { store: 50, offline: 4000, response: 10_000, idle: 1000 }
      const terms = { signal: new AbortController().signal, timeouts, isInUse: () => isInUse }
      const startable = { ...record, bootScript: ' src="/start.js"' }
      const rest = continueShell(startable, new Request(URL), terms, late)
      await vi.advanceTimersByTimeAsync(5000)
      expect((await rest).kind).toBe(kind)
    } finally {
      vi.useRealTimers()
    }
  },
)
