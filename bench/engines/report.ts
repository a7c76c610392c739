// Prints and writes the report of a run in Firefox and WebKit.

import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { ROOT, WORK } from '../../e2e/harness/paths.ts'
import { findProgram } from '../../scripts/ensure/programs.mjs'
import { machine } from '../machine.ts'
import { type EngineCell, type EngineName, FIREFOX_IDLE, HOLE, STATES } from './cells.ts'
import { type EngineRow, toCounts, toEngineTable, toStartTable } from './table.ts'

export type EngineRun = {
  readonly rows: readonly EngineRow[]
  readonly rounds: number
  readonly loads: readonly number[]
  readonly aside: readonly { readonly cell: EngineCell; readonly arm: string; readonly why: string }[]
  /** A run of only some cells must not replace a whole run's results. */
  readonly isWhole: boolean
}

const ENGINE_NAMES: Readonly<Record<EngineName, string>> = { firefox: 'Firefox', webkit: 'WebKit' }

export async function writeReport({ rows, rounds, loads, aside, isWhole }: EngineRun): Promise<void> {
  const report = [
    '## Firefox and WebKit, with the worker and without',
    `${new Date().toISOString().slice(0, 10)}, \`BENCH_ROUNDS=${rounds} npm run bench:engines\`. ${machine(versions())}. Load of the machine from ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    HOW,
    ...sections(rows),
    '### Where the time before the request goes',
    HOW_STARTED,
    toStartTable(rows),
    '### Left out',
    aside.length === 0
      ? 'No visit.'
      : aside
          .map(
            ({ cell, arm, why }) => `- ${ENGINE_NAMES[cell.engine]}, ${cell.state.name}, ${cell.line}, ${arm}: ${why}`,
          )
          .join('\n'),
  ].join('\n\n')
  const folder = isWhole ? join(ROOT, 'bench', 'results') : join(WORK, 'bench')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'engines.md'), `${report}\n`)
  await writeFile(join(folder, 'engines.json'), `${JSON.stringify(rows)}\n`)
  console.log(report)
}

function sections(rows: readonly EngineRow[]): string[] {
  return (['firefox', 'webkit'] as const).flatMap((engine) =>
    STATES.flatMap((state) => {
      const own = rows.filter(({ cell }) => cell.engine === engine && cell.state === state)
      if (own.length === 0) return []
      return [
        `### ${ENGINE_NAMES[engine]}, ${state.name}`,
        `Visits: ${own.map(toCounts).join('; ')}.`,
        toEngineTable(own),
      ]
    }),
  )
}

function versions(): string {
  const firefox = findProgram('firefox')
  const said = firefox === undefined ? '' : execFileSync(firefox, ['--version'], { encoding: 'utf8' }).trim()
  return [said, webKitVersion()].filter(Boolean).join(', ')
}

/** From the package: neither the driver nor the user agent has the version. */
function webKitVersion(): string {
  try {
    const query = ['-W', '-f', '${Version}', 'webkit2gtk-driver']
    return `WebKitGTK ${execFileSync('dpkg-query', query, { encoding: 'utf8' }).trim()}`
  } catch {
    return findProgram('webkit') === undefined ? '' : 'WebKitGTK of an unknown version'
  }
}

const HOW = `Milliseconds from the start of the navigation by the page's own clock, bytes and requests by the line's: medians, each with its ratio to no
worker (interval in which 95 % of resampled runs have it). Arms are interleaved and shuffled in each round; each has a browser with a profile
of its own and a line of its own, whose connections are closed before each visit. Read ratios: the machine is shared.

- **The page** is the bench's small one with a hole of ${HOLE} ms. It notes the frames that show its lead (*shell painted*) and what the hole
  shows this visit alone (*hole painted*). *Document parsed* is \`domInteractive\`: Firefox's \`responseEnd\` is when the response begins.
- **First byte** is 0 in WebKit where a worker answers: its clock begins with the answer.
- **Cold**: the worker had stopped, and began after the visitor had left for the page (each visit is checked by what the worker notes of its
  start). Firefox stops it when it has been idle, here for ${FIREFOX_IDLE} ms and not for its own 30 s. WebKit stops it ten seconds after the
  last page of its origin has gone, and not before: a link of the app meets no cold worker there. Before a visit by an address the tab
  shows a page of another origin; the visits without a worker are prepared in the same way.
- **By a link** the worker asks for the rest by POST. At an address it lets the browser's own request go out, and leaves out of the whole
  document what the shell has shown; so the bytes are those of the document.
- **From the shell**: on a busy machine the store may take longer than its 50 ms; the visit is the network's then, in these figures too.
- **Bytes** are those until 100 ms after the page has settled, whatever asked for them. A second after each page WebKit downloads the whole
  worker: where a page takes longer than that to settle, it is in its bytes.`

const HOW_STARTED = `Medians in milliseconds from the start of the navigation. A worker that ran before has a start below 0. *Request on the line* is the first
one for the page or its rest; WebKit sends the page's own at once if its worker is not running, and \`fetch(event.request)\` takes what came.`
