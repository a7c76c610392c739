// Drives a Chromium with its profile on disk and one page over its own protocol. Playwright and Puppeteer attach to every service worker
// and delay its start until they have attached, but the cold cells measure that start. This driver attaches only to the page.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

import { chromium } from '@playwright/test'

import { CHROMIUM, FLAGS } from '../../e2e/harness/browser.ts'
import { isObject, isString } from '../../protocol/json-shape.ts'
import { type Call, openPipe, type Pipe } from './pipe.ts'

export type Page = {
  /** Sends a command to the page. */
  readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>
  /** The value of an expression in the page. Promises are awaited; the value must be JSON. */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Listens to every event of that name until the returned function is called. */
  readonly listen: (event: string, listener: Listener) => () => void
}

type Listener = (params: Record<string, unknown>) => void

export type Chromium = Page & {
  /** Opens another page, in front of the first. */
  readonly openTab: () => Promise<Page & { readonly close: () => Promise<unknown> }>
  readonly version: string
  /** Ends the process and keeps the profile. */
  readonly close: () => Promise<void>
}

export const CHROMIUM_PATH: string = CHROMIUM ?? chromium.executablePath()

/**
 * @param more - Flags that only some measurements need.
 * @param hasPrerenders - Attaches through the page's tab: Chromium prerenders nothing in a page to which a debugger attached directly.
 */
export async function openChromium(
  profile: string,
  more: readonly string[] = [],
  hasPrerenders = false,
): Promise<Chromium> {
  const flags = [
    ...FLAGS,
    ...more,
    '--headless=new',
    '--remote-debugging-pipe',
    '--no-default-browser-check',
    '--window-size=1200,900',
  ]
  const child = spawn(CHROMIUM_PATH, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A process group of its own, which is ended as a whole.
    detached: true,
  })
  const exited = once(child, 'exit')
  const pipe = openPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const { call } = pipe
  const { product } = await call('Browser.getVersion')
  return {
    ...pageOf(pipe, hasPrerenders ? await shownPage(pipe) : asIs(await firstPage(call))),
    async openTab() {
      const { targetId } = await call('Target.createTarget', { url: 'about:blank' })
      return {
        ...pageOf(pipe, asIs(await attach(call, targetId))),
        close: () => call('Target.closeTarget', { targetId }),
      }
    },
    version: String(product),
    async close() {
      call('Browser.close').catch(() => {})
      const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 5_000)
      await exited
      clearTimeout(timer)
    },
  }
}

const asIs = (session: string) => () => session

/** The session of the page that the first tab shows. It changes when a prerendered page replaces that page. */
async function shownPage({ call, listeners }: Pipe): Promise<() => string> {
  const { targetInfos } = await call('Target.getTargets', { filter: [{ type: 'tab' }] })
  const [tab]: unknown[] = Array.isArray(targetInfos) ? targetInfos : []
  const session = await attach(call, isObject(tab) ? tab['targetId'] : undefined)
  const pages = new Map<string, boolean>()
  listeners.add(({ method, params }) => {
    if (!isObject(params) || !isString(params['sessionId'])) return
    if (method === 'Target.detachedFromTarget') pages.delete(params['sessionId'])
    const { targetInfo } = params
    if (method !== 'Target.attachedToTarget' || !isObject(targetInfo) || targetInfo['type'] !== 'page') return
    pages.set(params['sessionId'], targetInfo['subtype'] === 'prerender')
  })
  await call('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, session)
  return () => {
    const [[first] = ['']] = [...pages].toSorted(([, a], [, b]) => Number(a) - Number(b))
    return first
  }
}

async function firstPage(call: Call): Promise<string> {
  for (;;) {
    const { targetInfos } = await call('Target.getTargets')
    const pages = Array.isArray(targetInfos)
      ? targetInfos.filter((each: unknown) => isObject(each) && each['type'] === 'page')
      : []
    const [page]: unknown[] = pages
    if (!isObject(page)) continue
    return await attach(call, page['targetId'])
  }
}

async function attach(call: Call, targetId: unknown): Promise<string> {
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true })
  if (!isString(sessionId)) throw new Error('the browser has given no session')
  return sessionId
}

function pageOf({ call, listeners }: Pipe, session: () => string): Page {
  const send = (method: string, params: object = {}): Promise<Record<string, unknown>> =>
    call(method, params, session())
  return {
    send,
    listen(event, listener) {
      const hear = ({ method, sessionId, params }: Record<string, unknown>): void => {
        if (method === event && sessionId === session() && isObject(params)) listener(params)
      }
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
    evaluate: async (expression) =>
      toValue(await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })),
  }
}

function toValue({ result, exceptionDetails }: Record<string, unknown>): unknown {
  if (exceptionDetails !== undefined) throw new Error(`in the page: ${JSON.stringify(exceptionDetails)}`)
  return isObject(result) ? result['value'] : undefined
}
