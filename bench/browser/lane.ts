// Runs one arm: a browser with its own profile on disk, and its own line to its server. Sets up the state that each navigation is to be
// measured in.

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { RunningServer } from '../../e2e/harness/servers/server.ts'
import { type Arm, hasWorker, isOurs } from '../arms.ts'
import { type Cell, PROFILES } from '../cells.ts'
import { type Chromium, openChromium } from './chromium.ts'
import { openSlowLine, type SlowLine } from '../line/slow-line.ts'
import { type Seen, visit } from './visit.ts'

export type Lane = {
  readonly arm: Arm
  readonly server: RunningServer
  readonly line: SlowLine
  readonly profile: string
  /** Replaced after each navigation in a new process. */
  browser: Chromium
}

export type Visit = Seen & { readonly nonce: string; readonly down: number; readonly up: number }

export async function openLane(arm: Arm, server: RunningServer): Promise<Lane> {
  const line = await openSlowLine(server.port, PROFILES['20/50'])
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-bench-'))
  return { arm, server, line, profile, browser: await openChromium(profile) }
}

export async function closeLane({ browser, line, profile }: Lane): Promise<void> {
  await browser.close()
  await line[Symbol.asyncDispose]()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** Installs the arm's worker over a fast line, and then gives the line the cell's shape. */
export async function prepareLane(lane: Lane, cell: Cell): Promise<void> {
  const { line, browser, arm } = lane
  line.reshape(PROFILES['20/50'])
  await askFor(lane, NOBODY, 0)
  await browser.send('Page.navigate', { url: line.origin + cell.page })
  if (hasWorker(arm)) await untilControlled(lane)
  await browser.send('Page.navigate', { url: 'about:blank' })
  line.reshape(PROFILES[cell.profile])
}

export async function measure(lane: Lane, cell: Cell): Promise<Visit> {
  const { line, arm } = lane
  const url = line.origin + cell.page
  const nonce = randomBytes(6).toString('hex')
  await reach(lane, cell, url)
  await askFor(lane, nonce, cell.hole)
  if (cell.state !== 'open connection') line.dropAll()
  const before = line.crossed()
  const asked = { url, nonce, isFloor: arm.isFloor === true, isReload: cell.state === 'reload', hasTap: cell.hasTap }
  const seen = await visit(lane.browser, asked)
  // Requests right after a page belong to the navigation, too.
  await sleep(100)
  const { down, up } = line.crossed()
  if (cell.state === 'first visit' && hasWorker(arm)) await untilControlled(lane)
  return { ...seen, nonce, down: down - before.down, up: up - before.up }
}

/** The nonce of visits that are not counted. */
const NOBODY = 'nobody'

/** Tells the hole which visit this is and how long to take (bench/app/app/hole.tsx). */
async function askFor({ browser, line }: Lane, nonce: string, hole: number): Promise<void> {
  await browser.send('Network.setCookie', { name: 'bench', value: `${nonce}.${hole}`, url: line.origin })
}

/** Brings the lane into the cell's state, just before a navigation. */
async function reach(lane: Lane, { state }: Cell, url: string): Promise<void> {
  if (state === 'reload' || state === 'open connection') {
    await askFor(lane, NOBODY, 0)
    const asked = { url, nonce: NOBODY, isFloor: lane.arm.isFloor === true, isReload: false, hasTap: false }
    await visit(lane.browser, asked)
    if (state === 'reload') return
  }
  if (state === 'new process') {
    await lane.browser.close()
    lane.browser = await openChromium(lane.profile)
    return
  }
  await lane.browser.send('Page.navigate', { url: 'about:blank' })
  if (state === 'cold') await stopWorkers(lane.browser)
  if (state === 'first visit') await forget(lane)
}

export async function stopWorkers({ send }: Chromium): Promise<void> {
  await send('ServiceWorker.enable')
  await send('ServiceWorker.stopAllWorkers')
  await send('ServiceWorker.disable')
  // The command is answered before the worker has ended.
  await sleep(100)
}

async function forget({ browser: { send }, line: { origin } }: Lane): Promise<void> {
  await send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await send('Network.clearBrowserCache')
}

/** Registers another worker if the arm has one, and waits until the arm's worker controls the page, and until ours has its shells. */
async function untilControlled({ browser, arm }: Lane): Promise<void> {
  const script = arm.foreign === undefined ? '' : `/sw-${arm.foreign}.js`
  const deadline = performance.now() + 60_000
  for (;;) {
    const isReady = await browser
      .evaluate(`(${hasWorkerTaken.toString()})(${JSON.stringify({ script, isOurs: isOurs(arm) })})`)
      .catch(() => false)
    if (isReady === true) return
    if (performance.now() > deadline) throw new Error(`no worker has come for ${arm.name}`)
    await sleep(50)
  }
}

/** Runs in the page, so it can use nothing of this file. */
async function hasWorkerTaken(asked: { script: string; isOurs: boolean }): Promise<boolean> {
  const { serviceWorker } = navigator
  if (document.readyState !== 'complete') return false
  if (asked.script !== '') await serviceWorker.register(asked.script)
  const { controller } = serviceWorker
  if (!controller || controller.state !== 'activated') return false
  if (!asked.isOurs) return true
  const { port1, port2 } = new MessageChannel()
  const answer = new Promise<MessageEvent>((resolve) => port1.addEventListener('message', resolve))
  port1.start()
  controller.postMessage({ type: 'shell-cache:status' }, [port2])
  return ((await answer).data as { records: number }).records > 0
}
