// Runs a whole Playwright suite in a separate process, as a user does.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'

import { ROOT } from '../../harness/paths.ts'
import { SUITE_MS } from '../../harness/timeouts.ts'

/** The runner's message for a failed test, and the file of the line that it points to. */
export type Failure = { readonly text: string; readonly file: string | undefined }

export type SuiteRun = {
  /** The first failure of each test, by title; undefined if the test passed. */
  readonly failures: ReadonlyMap<string, Failure | undefined>
  /** The whole output, to find out why the run failed. */
  readonly output: string
}

/** @param env - Added to this process's own. @param args - For `playwright test`. */
export async function runSuite(folder: string, env: Record<string, string>, args: string[] = []): Promise<SuiteRun> {
  const cli = createRequire(join(ROOT, 'package.json')).resolve('@playwright/test/cli')
  const child = spawn(process.execPath, [cli, 'test', '--reporter=json', '--workers=1', ...args], {
    cwd: folder,
    env: { ...withoutOurs(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // SIGINT lets the suite end what it has started; a test that times out ends nothing.
    timeout: SUITE_MS,
    killSignal: 'SIGINT',
  })
  let [report, complaints] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (report += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  await once(child, 'close')
  if (!report.startsWith('{')) throw new Error(`no report of the suite in ${folder}:\n${report}${complaints}`)
  const { suites, errors }: JSONReport = JSON.parse(report)
  const output = [complaints, ...errors.map(({ message }) => message ?? '')].join('\n')
  return { failures: new Map(suites.flatMap(failuresOf)), output }
}

function failuresOf({
  specs,
  suites = [],
}: JSONReportSuite): (readonly [title: string, failure: Failure | undefined])[] {
  const own = specs.map(({ title, tests }) => {
    const [error] = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))
    return [title, error && { text: withoutColours(error.message), file: error.location?.file }] as const
  })
  return [...own, ...suites.flatMap(failuresOf)]
}

/** Removes the variables that this runner sets for its workers: they must not reach another runner. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(TEST_|PLAYWRIGHT_|PW_|FORCE_COLOR)/.test(name)))
}

function withoutColours(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that is what colours are
  return text.replaceAll(/\u001b\[\d+m/g, '')
}
