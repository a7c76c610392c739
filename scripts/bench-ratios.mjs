// `node scripts/bench-ratios.mjs <committed.json> <measured.json>`: fails where our worker has become slower beside no worker, in the
// same run on the same machine, than the committed run says. Ratios alone: a time says more about the machine than about the code.

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const BASE = 'no worker'
const MEASURES = ['TTFB', 'FCP', 'hole painted, fresh', 'response end', 'bytes down']

/** How much worse a ratio may be before it is no noise: a third of it, and for small ones a fixed part. */
const FACTOR = 1.33
const MARGIN = 0.1

/** A figure that did not come in more than half of the navigations counts as never. */
function median(figures) {
  const sorted = figures.map((figure) => figure ?? Infinity).toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Infinity
}

/**
 * What was compared, and what is worse than it may be.
 *
 * @param committed - Cell, arm, measure, figures: as the bench writes them.
 * @param measured - The same of another run, perhaps of fewer cells.
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
  // A run that compared nothing has shown nothing.
  console.log(`${count - worse.length} passed, ${worse.length + (count === 0 ? 1 : 0)} failed`)
  process.exitCode = count > 0 && worse.length === 0 ? 0 : 1
}
