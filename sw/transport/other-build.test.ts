// Proves that a sign of another build asks for the update once, and what it means for as long as that is on its way.

import { beforeEach, expect, it, vi } from 'vitest'

import { formatVerdict } from '../../protocol/verdict.ts'
import { resumingRecord } from '../util/test-worker.ts'
import type { askForRecord } from './record.ts'
import type { resumeRecord } from './resume.ts'

const request = new Request('https://shop.test/p/a')
const refuses = (reason: 'build' | 'busy') =>
  new Response(null, { headers: { 'shell-cache-verdict': formatVerdict({ kind: 'refused', reason }) } })
/** As a worker that has just started has it. */
const load = () => import('./other-build.ts')
beforeEach(() => void vi.resetModules())

it.each([
  [
    'a resume',
    async () =>
      (await import('./resume.ts')).resumeRecord(resumingRecord('/p/a'), request, new AbortController().signal),
  ],
  ['a question for a record', async () => (await import('./record.ts')).askForRecord(request, 'build', undefined)],
] satisfies [string, () => ReturnType<typeof resumeRecord | typeof askForRecord>][])(
  'asks for the update where %s is refused for its build, once',
  async (_what, ask) => {
    const { hasOtherBuild, whenOtherBuild } = await load()
    const update = vi.fn<() => Promise<boolean>>(async () => true)
    whenOtherBuild(update)
    vi.stubGlobal('fetch', async () => refuses('busy'))
    await ask()
    expect(update).not.toHaveBeenCalled()
    vi.stubGlobal('fetch', async () => refuses('build'))
    await ask()
    await ask()
    expect(update).toHaveBeenCalledOnce()
    expect(hasOtherBuild()).toBe(true)
  },
)

it.each([
  ['there is no other script', async () => false],
  ['the script does not come', async () => Promise.reject(new TypeError('no network'))],
])('goes on as before where %s, and asks again after a minute', async (_why, update) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { hasOtherBuild, noteOtherBuild, whenOtherBuild } = await load()
  const asked = vi.fn<() => Promise<boolean>>(update)
  whenOtherBuild(asked)
  noteOtherBuild()
  await vi.waitFor(() => expect(hasOtherBuild()).toBe(false))
  noteOtherBuild()
  expect(asked).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(60_000)
  noteOtherBuild()
  expect(asked).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})
