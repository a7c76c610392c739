// Proves when a page gets what its holes showed before, and that it is sent as text. What the page does with it:
// e2e/specs/no-network/slow-network.spec.ts.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { fromUtf8, toUtf8 } from '../../protocol/utf8.ts'
import { STALE_HOLES_MS } from '../util/timeouts.ts'
import { type FoundCopy, meanwhile } from './stale-holes.ts'

const HOLE = '<div hidden id="S:0"><b title="</template><i>">Ada</b><!--x--></div><script>$RC("B:0","S:0")</script>'
const PAYLOAD = String.raw`<script>self.__next_f.push([1,"$RC(\"B:0\",\"S:0\")"])</script>`
const copyOf = (html: string): FoundCopy => ({ rest: toUtf8(html), seconds: 90 })

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

async function wait(rest: Promise<unknown>, copy: FoundCopy | undefined): Promise<string | undefined> {
  const bytes = meanwhile(async () => copy, '/stale.js')(rest)
  await vi.advanceTimersByTimeAsync(STALE_HOLES_MS)
  const sent = await bytes
  return sent && fromUtf8(sent)
}

it('sends no word of a copy once the rest has begun', async () => {
  const begun = new Promise((resolve) => setTimeout(resolve, STALE_HOLES_MS - 1))
  expect(await wait(begun, copyOf(HOLE))).toBeUndefined()
})

it('sends nothing without a copy', async () => {
  expect(await wait(new Promise(() => {}), undefined)).toBeUndefined()
})

it('sends a copy as the text of a script by URL, which the parser sees nothing of', async () => {
  const json = '<script type="application/json">{"a":1}</script>'
  const sent = (await wait(new Promise(() => {}), copyOf(PAYLOAD + HOLE + json))) ?? ''
  const [, text = ''] = /^<script src="\/stale\.js" data-copy="90">([^<]*)<\/script>$/.exec(sent) ?? []
  expect(JSON.parse(text)).toBe(HOLE)
})
