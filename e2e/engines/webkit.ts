// Drives WebKitGTK through plain WebDriver over HTTP (Debian's webkit2gtk-driver), on a display of Xvfb. Each session is a browser
// of its own with its own profile.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

import { isObject, isString } from '../../protocol/json-shape.ts'
import { findProgram } from '../../scripts/ensure/programs.mjs'
import { freePort } from '../harness/servers/free-port.ts'
import { scaled } from '../harness/timeouts.ts'
import { type Browser, type Driver, followOwnLink, type PageScript, untilAnotherDocument } from './driver.ts'

const MINI_BROWSERS = ['4.1', '6.0', '4.0'].map(
  (version) =>
    `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-${version}/MiniBrowser`,
)

type Answer = { readonly value: unknown } | { readonly error: string } | { readonly pending: true }
type Answers = Record<number, Answer>

/**
 * Runs in the page. If a script returns a promise, its result is kept in the page and polled: the driver's response to a script may get
 * lost if the page is left meanwhile ({@link LATE}), and a long wait would look the same as an endless one.
 */
function start(script: (...args: readonly unknown[]) => unknown, args: readonly unknown[], id: number): Answer {
  const answers: Answers = (Reflect.get(self, 'webDriverAnswers') as Answers | undefined) ?? {}
  Reflect.set(self, 'webDriverAnswers', answers)
  try {
    const value = script(...args)
    if (!(value instanceof Promise)) return { value }
    answers[id] = { pending: true }
    void value.then(
      (found: unknown) => (answers[id] = { value: found }),
      (error: unknown) => (answers[id] = { error: String(error) }),
    )
    return answers[id]
  } catch (error) {
    return { error: String(error) }
  }
}

/** Runs in the page, or in the page that has replaced it. */
function look(id: number): Answer {
  const answers = Reflect.get(self, 'webDriverAnswers') as Answers | undefined
  return answers?.[id] ?? { error: 'the page has gone' }
}

/** Milliseconds between two polls. */
const PERIOD = 20

/** The paths of the driver and of the browser that it starts. */
type Programs = { readonly driver: string; readonly binary: string }

/** Undefined if one of the programs is not installed. */
export async function startWebKit(): Promise<Browser | undefined> {
  const driver = findProgram('webkit')
  const xvfb = findProgram('xvfb')
  const binary = MINI_BROWSERS.find((path) => existsSync(path))
  if (!binary || !driver || !xvfb) return undefined
  const display = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [number]: Buffer[] = await once(display.stdio[3] ?? display, 'data')
  return {
    openTab: () => openTab(`:${String(number).trim()}`, { driver, binary }),
    [Symbol.asyncDispose]: () => end(display, () => display.kill('SIGKILL')),
  }
}

type Session = AsyncDisposable & { readonly url: string }

/**
 * A driver with the one browser that it starts. WebKitWebDriver 2.50.6 sometimes waits forever for a browser that ended before it had
 * really started (2 of 320 next to four busy loops, and more often for the second session of a driver): then another driver is started.
 */
async function startSession(display: string, programs: Programs, tries = 3): Promise<Session> {
  const port = await freePort()
  // A process group of its own, which includes the browser.
  const driver = spawn(programs.driver, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
    detached: true,
  })
  const stop = (): Promise<void> => end(driver, () => driver.pid === undefined || process.kill(-driver.pid, 'SIGKILL'))
  try {
    const base = `http://127.0.0.1:${port}`
    await untilListening(base)
    const options = {
      'webkitgtk:browserOptions': { binary: programs.binary, args: ['--automation'] },
      pageLoadStrategy: 'none',
    }
    const session = await call('POST', `${base}/session`, { capabilities: { alwaysMatch: options } })
    const id = isObject(session) ? session['sessionId'] : undefined
    if (!isString(id)) throw new Error('WebKitWebDriver opened no session')
    return { url: `${base}/session/${id}`, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    if (tries > 1 && isLate(error)) return startSession(display, programs, tries - 1)
    throw error
  }
}

async function openTab(display: string, programs: Programs): Promise<Driver> {
  const session = await startSession(display, programs)
  const { url } = session
  const execute = (script: string, ...args: readonly unknown[]): Promise<unknown> =>
    call('POST', `${url}/execute/sync`, { script, args })
  let runs = 0
  const run = async <Args extends readonly unknown[], T>(script: PageScript<Args, T>, ...args: Args): Promise<T> => {
    const id = runs++
    let answer = await execute(`${start.toString()}\nreturn start(${script.toString()}, ...arguments)`, args, id)
    while (isObject(answer) && 'pending' in answer) {
      await new Promise((resolve) => setTimeout(resolve, PERIOD))
      answer = await execute(`${look.toString()}\nreturn look(...arguments)`, id)
    }
    if (!isObject(answer) || 'error' in answer) throw new Error(String(isObject(answer) ? answer['error'] : answer))
    return answer['value'] as T
  }
  return {
    engine: 'webkit',
    run,
    open: (target) =>
      untilAnotherDocument({ run }, async () => {
        if (!(await run(followOwnLink, target).catch(() => false))) await call('POST', `${url}/url`, { url: target })
      }),
    screenshot: async () => Buffer.from(String(await call('GET', `${url}/screenshot`)), 'base64'),
    // Neither the driver nor the browser's output reports the console (WebKitGTK 2.50).
    complaints: () => [],
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/**
 * Milliseconds after which no response arrives any more. If the browser switches to another process during a script, the driver never
 * responds (WebKitWebDriver 2.50.6: one of 320 first navigations next to four busy loops); to a retry it does.
 */
const LATE = scaled(8000)

function isLate(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const signal = AbortSignal.timeout(LATE)
  const response = await fetch(url, { method, signal, ...(body ? { body: JSON.stringify(body) } : {}) })
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
