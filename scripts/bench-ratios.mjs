// `node scripts/bench-ratios.mjs <committed.json> <measured.json>`: fails if our worker has become slower, relative to no worker in the
// same run on the same machine, than in the committed run. Compares only ratios: a time says more about the machine than about the code.

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const BASE = 'no worker'
const MEASURES = ['TTFB', 'FCP', 'hole painted, fresh', 'response end', 'bytes down']

/** How much worse a ratio may get before it is more than noise: by a third, plus a fixed margin for small ratios. */
const FACTOR = 1.33
const MARGIN = 0.1

/** A figure that is missing in more than half of the navigations counts as infinite. */
function median(figures) {
  const sorted = figures.map((figure) => figure ?? Infinity).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity
}

/**
 * How many ratios were compared, and which are worse than allowed.
 *
 * @param committed - The figures by cell, arm and measure, as the bench writes them.
 * @param measured - The same from another run, perhaps with fewer cells.
 */
export function compareRatios(committed, measured) {
  const compared = Object.entries(measured).flatMap(([cell, arms]) =>
    Object.keys(arms)
      .filter((arm) => arm.startsWith('ours'))
      .flatMap((arm) =>
        MEASURES.map((measure) => ({
          name: `${cell}; ${arm}; ${measure}`,
          was: ratioOf(committed[cell], arm, measure),
          is: ratioOf(arms, arm, measure),
        })),
      ),
  )
  const known = compared.filter(({ was }) => Number.isFinite(was))
  return { count: known.length, worse: known.filter(({ was, is }) => !(is <= was * FACTOR + MARGIN)) }
}

function ratioOf(arms, arm, measure) {
  return median(arms?.[arm]?.[measure] ?? []) / median(arms?.[BASE]?.[measure] ?? [])
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [committed, measured] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')))
  const { count, worse } = compareRatios(committed, measured)
  for (const { name, was, is } of worse) console.log(`✗ ${name}: ${is.toFixed(2)} of no worker, was ${was.toFixed(2)}`)
  // A run that compared nothing proves nothing, so it fails.
  console.log(`${count - worse.length} passed, ${worse.length + (count === 0 ? 1 : 0)} failed`)
  process.exitCode = count > 0 && worse.length === 0 ? 0 : 1
}
