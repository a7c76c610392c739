// Computes quantiles of two groups and how certain their difference is. Pure and deterministic: the random numbers have a seed.

export type Interval = { readonly low: number; readonly high: number }
export type Difference = Interval & { readonly value: number }

/** @param sorted - Ascending, and not empty. @param part - From 0 to 1. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[rank(sorted.length, part) - 1] ?? Number.NaN
}

/** The rank, counted from 1, of the sorted value that is this quantile. */
function rank(count: number, part: number): number {
  return Math.min(count, Math.max(1, Math.ceil(count * part)))
}

const DRAWS = 4000
const SEED = 20_260_101

/**
 * The second group's quantile minus the first group's, with a 95 % bootstrap interval.
 *
 * No values are resampled. The k-th smallest of n values drawn with replacement is at the position of the k-th smallest of n uniform random
 * numbers, which has the distribution Beta(k, n + 1 − k). So a million page views take no longer than ten.
 */
export function differenceOf(first: readonly number[], second: readonly number[], part: number): Difference {
  const random = randomNumbers(SEED)
  const drawn = (sorted: readonly number[]): number => {
    const at = rank(sorted.length, part)
    const place = beta(at, sorted.length + 1 - at, random)
    return sorted[Math.min(sorted.length - 1, Math.floor(place * sorted.length))] ?? Number.NaN
  }
  const differences = Array.from({ length: DRAWS }, () => drawn(second) - drawn(first)).toSorted((a, b) => a - b)
  return {
    value: quantile(second, part) - quantile(first, part),
    low: quantile(differences, 0.025),
    high: quantile(differences, 0.975),
  }
}

/** mulberry32: uniform random numbers between 0 and 1, excluding both. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32
  }
}

function beta(a: number, b: number, random: () => number): number {
  const [x, y] = [gamma(a, random), gamma(b, random)]
  return x / (x + y)
}

/** The method of Marsaglia and Tsang, for shapes of at least 1. */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}
