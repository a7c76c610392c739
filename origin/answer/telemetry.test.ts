// Proves what an app's OpenTelemetry is told of each response, with the API that Next brings. e2e proves that a real Next's own spans are
// around them (e2e/specs/hosts/telemetry.spec.ts).

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { pipeRest } from '../next/pipe-rest.ts'
import { digestFor, listen } from '../test-app.ts'
import { ask, changed, newer } from '../test-newer.ts'
import { startOrigin, verdict } from '../test-origin.ts'
import { registerTelemetry } from '../test-telemetry.ts'

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => vi.restoreAllMocks())

it('tells of each answer a span with verdict and reason, and counts it', async () => {
  using told = registerTelemetry()
  await using app = await startOrigin(changed())
  const before = Date.now()
  for (const [path, init] of [
    ['/p/a', { headers: app.reference(app.a) }],
    ['/p/a', { headers: app.reference(digestFor('other', 'x')) }],
    ['/p/b', { headers: app.reference(app.a) }],
    ['/p/a', ask(app.a)],
    ['/p/a', ask(newer)],
  ] as const)
    await (await app.send(path, init)).arrayBuffer()
  await vi.waitFor(() => expect(told.spans.map(({ ended }) => ended)).toEqual([true, true, true, true, true]))
  expect(told.spans.map(({ name, attributes }) => [name, ...Object.values(attributes)])).toEqual([
    ['shell cache resume', 'resume', 'resumed'],
    ['shell cache resume', 'resume', 'refused', 'unknown'],
    ['shell cache resume', 'resume', 'refused', 'route'],
    ['shell cache record', 'record', 'recorded'],
    ['shell cache record', 'record', 'recorded'],
  ])
  expect(told.counts).toEqual({
    'shell_cache.resumed resume': 1,
    'shell_cache.refused resume unknown': 1,
    'shell_cache.refused resume route': 1,
    'shell_cache.records record': 2,
  })
  for (const { startTime = 0, failed, parent } of told.spans) {
    expect(startTime).toBeGreaterThanOrEqual(before)
    expect([failed, parent]).toEqual([false, undefined])
  }
})

it('puts what is refused before Next has it below the caller’s own trace', async () => {
  using told = registerTelemetry()
  await using app = await startOrigin()
  const headers = { ...app.reference(app.a, 'old'), traceparent: 'of the caller' }
  expect(verdict(await app.send('/p/a', { headers }))).toBe('refused; reason=build')
  expect(told.spans.map(({ parent }) => parent)).toEqual(['of the caller'])
})

it.each([
  ['whose exporter fails', true],
  ['that has none', undefined],
])('answers as ever in an app %s', async (_name, fails) => {
  using told = fails === undefined ? undefined : registerTelemetry(fails)
  await using app = await startOrigin()
  const response = await app.send('/p/a', { headers: app.reference(app.a) })
  expect(verdict(response)).toMatch(/^resumed/)
  expect(await response.text()).toContain('"state":"a"')
  expect(told?.spans ?? []).toEqual([])
})

it('calls a span failed whose answer was cut', async () => {
  using told = registerTelemetry()
  await using app = await startOrigin({
    write: (response) => response.setHeader('content-type', 'text/html').write('<p>half'),
  })
  const abort = new AbortController()
  const response = await app.send('/p/a', { headers: app.reference(app.a), signal: abort.signal })
  expect(verdict(response)).toMatch(/^resumed/)
  expect(told.spans).toMatchObject([{ ended: false }])
  abort.abort()
  await vi.waitFor(() => expect(told.spans).toMatchObject([{ ended: true, failed: true }]))
})

it('emits Next’s own span where a response starts, below the one that is active', async () => {
  using told = registerTelemetry()
  await using http = await listen((_incoming, response) => {
    const rest = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
    void told.within('GET /p/[slug]', () => pipeRest(rest, response))
  })
  await (await fetch(http.url)).text()
  expect(told.spans).toMatchObject([
    {
      tracer: 'next.js',
      name: 'start response',
      attributes: { 'next.span_type': 'NextNodeServer.startResponse' },
      parent: 'GET /p/[slug]',
      ended: true,
    },
  ])
})
