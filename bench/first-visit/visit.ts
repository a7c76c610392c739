// Makes a first visit: a new browser opens one page, and the visit lasts until its line is quiet. It includes what the worker installs.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { openChromium } from '../browser/chromium.ts'
import { openSlowLine, type LineShape } from '../line/slow-line.ts'
import { lookAt } from '../ways/look.ts'
import type { FirstVisit } from './table.ts'

export const LINE: LineShape = { roundTrip: 60, megabits: 10, handshakes: 1 }

/** A line without traffic for this long is quiet: the worker waits for an idle page, and sends its requests in turns. */
const QUIET_MS = 3_000
const VISIT_MS = 60_000

export async function visitFirst(port: number, path: string): Promise<FirstVisit> {
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-first-'))
  await using line = await openSlowLine(port, LINE)
  const browser = await openChromium(profile)
  try {
    const url = line.origin + path
    const crossed = (): number => line.crossed().down
    const began = performance.now()
    browser.send('Page.navigate', { url }).catch(() => {})
    const look = await lookAt(browser, url)
    if (!look) throw new Error(`${path} has not come`)
    let bytes = crossed()
    let moved = performance.now()
    while (performance.now() - moved < QUIET_MS && performance.now() - began < VISIT_MS) {
      await sleep(20)
      if (crossed() === bytes) continue
      bytes = crossed()
      moved = performance.now()
    }
    const { firstByte, fcp, end, load } = look
    return { firstByte, fcp, end, load, bytes, quiet: moved - began }
  } finally {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
