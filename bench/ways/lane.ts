// Runs one visitor of an arm: a browser with its own profile and line. Takes a way to a page, and counts the requests to the server.

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { RunningServer } from '../../e2e/harness/servers/server.ts'
import { type Chromium, openChromium, type Page } from '../browser/chromium.ts'
import { stopWorkers } from '../browser/lane.ts'
import { type LineShape, openSlowLine, type SlowLine } from '../line/slow-line.ts'
import { type Look, lookAt } from './look.ts'
import { untilRecords } from './records.ts'
import { askedIn, isDocument } from '../line/requests.ts'
import type { Trip } from './table.ts'
import { SEEN, type Way } from './ways.ts'

export const LINE: LineShape = { roundTrip: 60, megabits: 10, handshakes: 1 }

/** Requests right after a page belong to the way, too. */
const UNTIL_QUIET = 250

export type Deploy = { readonly buildId: string; readonly server: RunningServer }

export type WaysLane = {
  readonly arm: string
  /** The builds that a deploy switches between. The first one serves. */
  readonly deploys: Deploy[]
  readonly hasWorker: boolean
  readonly line: SlowLine
  readonly browser: Chromium
  /** The requests, each with its method, since the list was last emptied. */
  readonly asked: string[]
  readonly close: () => Promise<void>
}

export async function openWaysLane(arm: string, deploys: readonly Deploy[], hasWorker: boolean): Promise<WaysLane> {
  const asked: string[] = []
  const line = await openSlowLine(deploys[0]?.server.port ?? 0, LINE, (chunk) => {
    const request = askedIn(chunk)
    if (request !== undefined) asked.push(request)
  })
  const profile = await mkdtemp(join(tmpdir(), 'shell-cache-ways-'))
  // Without the back/forward cache: if the browser itself has kept a page, neither worker nor server is involved.
  const browser = await openChromium(profile, ['--disable-features=BackForwardCache'])
  const close = async (): Promise<void> => {
    await browser.close()
    await line[Symbol.asyncDispose]()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  const lane = { arm, deploys: [...deploys], hasWorker, line, browser, asked, close }
  await settle(lane)
  return lane
}

/** Visits each page of the serving build, with the worker if there is one. What a worker learns from visits is kept only for one build. */
async function settle(lane: WaysLane): Promise<void> {
  await setMember(lane, true)
  await open(lane, '/small')
  if (lane.hasWorker) await untilRecords(lane.browser, buildOf(lane))
  for (const path of [...SEEN, ...SEEN]) await open(lane, path)
}

export async function comeBy(lane: WaysLane, way: Way): Promise<Trip> {
  const { browser, line, asked } = lane
  await prepare(lane, way)
  await happen(lane, way)
  const tab = way.by === 'tab' ? await browser.openTab() : undefined
  line.dropAll()
  asked.length = 0
  const before = line.crossed()
  const started = Date.now()
  await browser.evaluate('void (window.isOld = true)')
  go(tab ?? browser, line.origin + way.path, way)
  const look = await lastLook(tab ?? browser, line.origin + (way.ends ?? way.path), started, way)
  const documents = asked.filter(isDocument)
  const bytes = line.crossed().down - before.down
  await tab?.close()
  // The visit is already measured. If the worker is late, that is printed but ends nothing.
  if (way.before === 'deploy')
    await settle(lane).catch((error: unknown) => console.log(`after a deploy: ${String(error)}`))
  return { firstByte: Infinity, fcp: Infinity, end: Infinity, ...look, documents, bytes }
}

async function prepare(lane: WaysLane, { by, path, isMember, isGated }: Way): Promise<void> {
  await setMember(lane, isMember === true)
  const before = {
    // A visitor who was turned away in the last round has nothing stored of the page any more.
    address: isGated && isMember ? [path] : [],
    tab: [path],
    link: ['/start'],
    form: ['/start'],
    reload: [path],
    back: [path, '/static'],
    forward: ['/static', path, undefined],
  }[by]
  for (const each of before) {
    if (each !== undefined) await open(lane, each)
    else await goBackTo(lane, '/static')
  }
  if (by === 'address') await lane.browser.send('Page.navigate', { url: 'about:blank' })
}

/** Makes what has happened since the visitor's last visit. */
async function happen(lane: WaysLane, { before, path }: Way): Promise<void> {
  const { browser, line, deploys } = lane
  if (before === 'worker stops') await stopWorkers(browser)
  if (before === 'revalidation') {
    const origin = `http://localhost:${deploys[0]?.server.port}`
    await fetch(`${origin}/revalidate`, { method: 'POST' })
    // Another visitor comes first: the cost that a revalidation has for the first visitor is the server's.
    await (await fetch(origin + path)).text()
  }
  const next = deploys[1]
  if (before === 'deploy' && next) {
    deploys.reverse()
    await (await fetch(`http://localhost:${next.server.port}${path}`)).text()
    line.turnTo(next.server.port)
  }
}

function go({ send, evaluate }: Page, url: string, { by }: Way): void {
  const steps = {
    address: () => send('Page.navigate', { url }),
    tab: () => send('Page.navigate', { url }),
    reload: () => send('Page.reload'),
    link: () => evaluate("document.querySelector('main a').click()"),
    form: () => evaluate('document.forms[0].requestSubmit()'),
    back: () => evaluate('history.back()'),
    forward: () => evaluate('history.forward()'),
  }
  // The command may be answered by the next document, or never.
  steps[by]().catch(() => {})
}

/** If a page reloads itself, only the reloaded page counts; the time before that counts as waiting. */
async function lastLook(page: Page, url: string, started: number, way: Way): Promise<Look | undefined> {
  const first = await lookAt(page, url)
  await sleep(UNTIL_QUIET)
  const last = first && (await lookAt(page, url))
  if (!last) return undefined
  const type = way.by === 'reload' ? 'reload' : ['back', 'forward'].includes(way.by) ? 'back_forward' : 'navigate'
  const waited = last.began - (first.type === type ? first.began : started)
  return { ...last, firstByte: last.firstByte + waited, fcp: last.fcp + waited, end: last.end + waited }
}

const buildOf = ({ deploys }: WaysLane): string => deploys[0]?.buildId ?? ''

async function open({ browser, line }: WaysLane, path: string): Promise<void> {
  const url = line.origin + path
  await browser.evaluate('void (window.isOld = true)')
  browser.send('Page.navigate', { url }).catch(() => {})
  if (!(await lookAt(browser, url))) throw new Error(`${path} has not come`)
  await sleep(UNTIL_QUIET)
}

async function goBackTo({ browser, line }: WaysLane, path: string): Promise<void> {
  await browser.evaluate('void (window.isOld = true)')
  browser.evaluate('history.back()').catch(() => {})
  await lookAt(browser, line.origin + path)
}

async function setMember({ browser: { send }, line }: WaysLane, isMember: boolean): Promise<void> {
  const url = line.origin
  await send('Network.setCookie', { name: 'bench', value: `${randomBytes(6).toString('hex')}.50`, url })
  if (isMember) await send('Network.setCookie', { name: 'member', value: '1', url })
  else await send('Network.deleteCookies', { name: 'member', url })
}
