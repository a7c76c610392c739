// One time scale for all page views: where it ends, and where its axis has a label. Pure.

export type Scale = {
  /** The milliseconds of the full width. */
  readonly end: number
  /** Milliseconds, from 0 to at most `end`. */
  readonly ticks: readonly number[]
}

const STEPS = [1, 2, 5]
const MOST_TICKS = 5

/** @param times - When each page view was over. One of ten may be cut off, because it would leave no room for the others. */
export function scaleFor(times: readonly number[]): Scale {
  const sorted = times.toSorted((a, b) => a - b)
  const last = Math.max(1, sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 1)
  const step = stepFor(last / MOST_TICKS)
  const count = Math.ceil(last / step)
  return { end: count * step, ticks: Array.from({ length: count + 1 }, (_, at) => at * step) }
}

/** The smallest round number that is not smaller. */
function stepFor(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return Math.max(1, power * (STEPS.find((step) => step * power >= least) ?? 10))
}
