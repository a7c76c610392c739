// Measures what a build leaves for browsers and what the adapter needs to make it, by the number of prerendered pages. No figure makes it
// fail. A unit test proves that the sizes stay the same (files.test.ts).

import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { ROOT } from '../e2e/harness/paths.ts'
import { toMarkdown } from './report/statistics.ts'

const COUNTS = [200, 10_000, 100_000]

type Measured = {
  readonly count: number
  readonly seconds: number
  readonly addedMegabytes: number
  readonly manifestBytes: number
  readonly installBytes: number
  readonly workerBytes: number
  readonly originRecords: number
}

export async function runManyPagesBench(): Promise<void> {
  const rows: string[][] = []
  for (const count of COUNTS) rows.push(toRow(await measure(count)))
  const head = ['pages', 'manifest', 'records to install', 'sw.js', 'records at the origin', 'adapter', 'memory added']
  const text = [
    '## What a build leaves for browsers, by the pages that it has prerendered',
    `${cpus().length} × ${cpus()[0]?.model ?? ''}, Node ${process.version}. Each page with its payload and one segment.`,
    toMarkdown([head, ...rows]),
  ].join('\n\n')
  console.log(text)
  await writeFile(join(ROOT, 'bench', 'results', 'many-pages.md'), `${text}\n`)
}

async function measure(count: number): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/many-pages.mjs', String(count)], { cwd: ROOT })
  return JSON.parse(stdout)
}

function toRow(measured: Measured): string[] {
  const { count, seconds, addedMegabytes, manifestBytes, installBytes, workerBytes, originRecords } = measured
  return [
    count.toLocaleString('en'),
    `${manifestBytes} B`,
    `${installBytes} B`,
    `${workerBytes} B`,
    String(originRecords),
    `${seconds.toFixed(1)} s`,
    `${addedMegabytes.toFixed(0)} MB`,
  ]
}
