// WebKitGTK through plain WebDriver over HTTP (Debian's webkit2gtk-driver), on a display of Xvfb. A session is a browser of its
// own with a profile of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

import { isObject, isString } from '../../protocol/json-shape.ts'
import { freePort } from '../free-port.ts'
import { type Browser, type Driver, type PageScript, untilAnotherDocument } from './driver.ts'

const DRIVER = '/usr/bin/WebKitWebDriver'
const XVFB = '/usr/bin/Xvfb'
const MINI_BROWSERS = ['4.1', '6.0', '4.0'].map(
  (version) =>
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-${version}/MiniBrowser`,
)

/** Undefined where there is none. */
export async function startWebKit(): Promise<Browser | undefined> {
  const binary = MINI_BROWSERS.find((path) => existsSync(path))
  if (!binary || !existsSync(DRIVER) || !existsSync(XVFB)) return undefined
  const display = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [number]: Buffer[] = await once(display.stdio[3] ?? display, 'data')
  return {
    openTab: () => openTab(`:${String(number).trim()}`, binary),
    [Symbol.asyncDispose]: () => end(display, () => display.kill('SIGKILL')),
  }
}

/**
 * A driver with the one browser that it starts. A second session of the same WebKitWebDriver (2.50.6) is waited for without end now
 * and then, its browser gone before it had begun: 2 of 156 on a busy machine, where 597 with a driver each all came.
 */
async function startSession(display: string, binary: string): Promise<AsyncDisposable & { readonly url: string }> {
  const port = await freePort()
  // A group of its own, which its browser is in.
  const driver = spawn(DRIVER, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
    detached: true,
  })
  const stop = (): Promise<void> => end(driver, () => driver.pid === undefined || process.kill(-driver.pid, 'SIGKILL'))
  try {
    const base = `http://127.0.0.1:${port}`
    await untilListening(base)
    const options = { 'webkitgtk:browserOptions': { binary, args: ['--automation'] }, pageLoadStrategy: 'none' }
    const session = await call('POST', `${base}/session`, { capabilities: { alwaysMatch: options } })
    const id = isObject(session) ? session['sessionId'] : undefined
    if (!isString(id)) throw new Error('WebKitWebDriver opened no session')
    const url = `${base}/session/${id}`
    return { url, [Symbol.asyncDispose]: () => call('DELETE', url).then(stop, stop) }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openTab(display: string, binary: string): Promise<Driver> {
  const session = await startSession(display, binary)
  const { url } = session
  // A promise is waited for, and its end told apart from an error of the driver.
  const run = async <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> => {
    const body = `const done = arguments[arguments.length - 1]
      Promise.resolve().then(() => (${script.toString()})(...arguments[0])).then(value => done({ value }), error => done({ error: String(error) }))`
    const answer = await call('POST', `${url}/execute/async`, { script: body, args: [args] })
    if (!isObject(answer) || 'error' in answer) throw new Error(String(isObject(answer) ? answer['error'] : answer))
    return answer['value'] as T
  }
  return {
    engine: 'webkit',
    run,
    open: (target) => untilAnotherDocument({ run }, () => call('POST', `${url}/url`, { url: target })),
    screenshot: async () => Buffer.from(String(await call('GET', `${url}/screenshot`)), 'base64'),
    // Neither the driver nor the browser's output tells of the console (WebKitGTK 2.50).
    complaints: () => [],
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer: unknown = await response.json()
  const value = isObject(answer) ? answer['value'] : undefined
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`)
  return value
}

async function untilListening(base: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answered = await fetch(`${base}/status`).catch(() => undefined)
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('WebKitWebDriver does not answer')
}

async function end(child: ChildProcess, kill: () => unknown): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  kill()
  await exited
}
