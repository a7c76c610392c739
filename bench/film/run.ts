// Draws the film strip of the README: one navigation of the example on the slow line, without a worker and with ours, as the browser
// painted it. The pictures are from the navigation with the median first paint of its arm.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { buildApps } from '../../e2e/harness/builds/build-apps.ts'
import { appFolder, ROOT } from '../../e2e/harness/paths.ts'
import { startServer, warmUp } from '../../e2e/harness/servers/server.ts'
import { isString } from '../../protocol/json-shape.ts'
import { type Chromium, openChromium } from '../browser/chromium.ts'
import { PROFILES } from '../cells.ts'
import { openSlowLine } from '../line/slow-line.ts'
import { framesAt, momentsFor } from './frames.ts'
import { type Recorded, recordVisit } from './record.ts'
import { type Film, toStrip } from './strip.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7)
const PAGE = '/products/tide-lamp'
const COLUMNS = 7
const WINDOW = { width: 640, height: 800, deviceScaleFactor: 1, mobile: false }
const FILE = join(ROOT, 'bench', 'results', 'filmstrip.png')

export async function runFilmBench(): Promise<void> {
  if (process.env['SHELL_CACHE_KEEP_BUILDS'] !== '1') await buildApps(['shop-preload'])
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-film-'))
  await using server = await startServer(appFolder('shop-preload'))
  await using line = await openSlowLine(server.port, PROFILES['20/50'])
  await warmUp(server, PAGE)
  const browser = await openChromium(profile)
  try {
    await browser.send('Emulation.setDeviceMetricsOverride', WINDOW)
    await install(browser, line.origin + PAGE)
    line.reshape(PROFILES['300/1.6'])
    const without: Recorded[] = []
    const withOurs: Recorded[] = []
    // One extra round at the start, as a warm-up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const films of [without, withOurs]) {
        await browser.send('Page.navigate', { url: 'about:blank' })
        line.dropAll()
        await browser.send('Network.setBypassServiceWorker', { bypass: films === without })
        const film = await recordVisit(browser, line.origin + PAGE)
        if (round > 0) films.push(film)
      }
    }
    const chosen = [medianOf(without), medianOf(withOurs)]
    const moments = momentsFor(
      chosen.map(({ frames }) => frames.at(-1)?.at ?? 0),
      COLUMNS,
    )
    const films = chosen.map(({ frames }, at): Film => ({ name: NAMES[at] ?? '', pictures: framesAt(frames, moments) }))
    await writeFile(FILE, await photograph(browser, toStrip(TITLE, moments, films)))
    console.log(
      `first paint, median of ${ROUNDS}: ${chosen.map(({ firstPaint }) => `${firstPaint.toFixed(0)} ms`).join(' and ')}`,
    )
    console.log(`written to ${FILE}`)
  } finally {
    await browser.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

const NAMES = ['without a worker', 'with this one']
const TITLE = `One page of the example, second visit: 300 ms round trip, 1.6 Mbit/s`

/** Makes a first visit, and waits until the page's shell is stored and the worker controls the page. */
async function install(browser: Chromium, url: string): Promise<void> {
  await browser.send('Network.enable')
  await browser.send('Page.enable')
  const deadline = performance.now() + 60_000
  for (;;) {
    await browser.send('Page.navigate', { url, referrer: new URL('/', url).href })
    await sleep(1_000)
    const served = await browser.evaluate(
      `performance.getEntriesByType('navigation')[0]?.serverTiming.find(({ name }) => name === 'shell')?.description`,
    )
    if (isString(served)) return
    if (performance.now() > deadline) throw new Error(`${url} is not served from its shell after a minute`)
  }
}

function medianOf(films: readonly Recorded[]): Recorded {
  const inOrder = films.toSorted((one, other) => one.firstPaint - other.firstPaint)
  const middle = inOrder[Math.floor(inOrder.length / 2)]
  if (!middle) throw new Error('no round has been recorded')
  return middle
}

async function photograph(browser: Chromium, html: string): Promise<Buffer> {
  await browser.send('Emulation.clearDeviceMetricsOverride')
  await browser.send('Page.navigate', { url: 'about:blank' })
  await browser.evaluate(`document.write(${JSON.stringify(html)}); document.close()`)
  await browser.evaluate(`Promise.all([...document.images].map((image) => image.decode()))`)
  const clip = await browser.evaluate(
    `(({ width, height }) => ({ x: 0, y: 0, width, height, scale: 1 }))(document.querySelector('figure').getBoundingClientRect())`,
  )
  const { data } = await browser.send('Page.captureScreenshot', { format: 'png', clip, captureBeyondViewport: true })
  return Buffer.from(String(data), 'base64')
}
