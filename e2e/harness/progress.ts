// Prints the progress of a run of the browser suite: how far it is and how long it may still take. For each failure it prints what
// happened, where the screenshots are, and the command that runs the test again. A reporter of playwright.config.ts.

import { relative } from 'node:path'

import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter'

import { ROOT } from './paths.ts'

/** The time between two lines of progress. */
const EVERY_MS = 20_000

// oxlint-disable-next-line import/no-default-export -- Playwright asks for it
export default class Progress implements Reporter {
  #total = 0
  #done = 0
  #failed = 0
  #started = 0
  #said = 0

  printsToStdio(): boolean {
    return true
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#total = suite.allTests().length
    this.#started = this.#said = performance.now()
    console.log(`${this.#total} browser tests`)
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#done++
    if (!isAsExpected(test, result)) {
      this.#failed++
      console.log(describeFailure(test, result))
    }
    const now = performance.now()
    if (now - this.#said < EVERY_MS && this.#done < this.#total) return
    this.#said = now
    console.log(describeProgress(this.#done, this.#total, this.#failed, now - this.#started))
  }

  /** Called for errors outside a test: in the global setup, or if a worker cannot start. */
  onError(error: TestError): void {
    console.log(`✗ ${textOf(error)}`)
  }
}

function isAsExpected({ expectedStatus }: TestCase, { status }: TestResult): boolean {
  return status === expectedStatus || status === 'skipped'
}

export function describeProgress(done: number, total: number, failed: number, elapsedMs: number): string {
  const left = (elapsedMs / done) * (total - done)
  const failures = failed > 0 ? `, ${failed} failed` : ''
  return `  ${done} of ${total} browser tests${failures}, ${toMinutes(elapsedMs)} so far, about ${toMinutes(left)} left`
}

function toMinutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}

function describeFailure(test: TestCase, { errors, attachments, status }: TestResult): string {
  const { location } = test
  const file = relative(ROOT, location.file)
  const files = attachments.flatMap(({ path }) => (path === undefined ? [] : [`  see ${relative(ROOT, path)}`]))
  return [
    `\n✗ ${test.titlePath().slice(3).join(' › ')} (${status})`,
    ...errors.map(textOf),
    ...files,
    `  run it again: SHELL_CACHE_KEEP_BUILDS=1 npm run test:e2e -- ${file}:${location.line} --trace on`,
    '',
  ].join('\n')
}

function textOf({ message, value, snippet, stack }: TestError): string {
  const place = stack?.split('\n').find((line) => line.includes('e2e/'))
  return [message ?? value ?? '', snippet, place].filter(Boolean).join('\n')
}
