// What an app whose instrumentation.ts has registered OpenTelemetry is told of resumes in a real `next start`: a span of ours in the trace of
// Next's own, and Next's span of the start of a response, which Next's own pipe would have emitted.

import { expect, test } from '../../harness/fixtures.ts'
import { originFiles } from '../../harness/origin-files.ts'
import { appFolder } from '../../harness/paths.ts'
import { ask, verdictOf } from '../../harness/raw.ts'
import { startServer } from '../../harness/servers/server.ts'

type Told = { readonly name: string; readonly traceId: string; readonly attributes: Readonly<Record<string, unknown>> }

test('tells the app’s OpenTelemetry of each resume, in the trace of Next’s own spans', async () => {
  await using server = await startServer(appFolder('fresh'), { FRESH_SPANS: '1' })
  const { reference, manifest } = await originFiles('fresh')
  const spans = (): Told[] =>
    [...server.output().matchAll(/^span (.*)$/gm)].map(([, told = '']) => JSON.parse(told) as Told)
  const ours = (): Told[] => spans().filter(({ name }) => name.startsWith('shell cache'))
  const namesBeside = ({ traceId }: Told): string[] =>
    spans().flatMap((span) => (span.traceId === traceId ? [span.name] : []))
  const resumed = await ask(server.port, { path: '/', headers: reference('/') })
  expect(verdictOf(resumed)).toMatch(/^resumed/)
  await expect.poll(ours).toHaveLength(1)
  const [told] = ours()
  expect(told?.attributes).toEqual({ 'shell_cache.asked': 'resume', 'shell_cache.verdict': 'resumed' })
  await expect.poll(() => told && namesBeside(told)).toEqual(expect.arrayContaining(['GET /', 'start response']))
  await ask(server.port, { path: '/', headers: { 'shell-cache-record': manifest.buildId } })
  await ask(server.port, { path: '/', headers: { 'shell-cache-record': 'old' } })
  await expect
    .poll(() => ours().map(({ attributes }) => Object.values(attributes).join(' ')))
    .toEqual(['resume resumed', 'record recorded', 'record refused build'])
})
