// Computes the medians of a run and their ratios. Pure; used by every bench.

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}

/**
 * The smallest of the values that is not exceeded by this part of them, never one between two values. Missing figures count as
 * Infinity.
 * @param part - Above 0, up to 1.
 */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN
}

/** The ratio of two medians, with the interval in which 95 % of resampled runs have it. */
export type Ratio = { readonly ratio: number; readonly low: number; readonly high: number }

/** @param random - From 0 up to 1. */
export function ratioOf(values: readonly number[], base: readonly number[], random: () => number = Math.random): Ratio {
  const drawn = (from: readonly number[]): number[] =>
    from.map(() => from[Math.floor(random() * from.length)] ?? Number.NaN)
  const ratios = Array.from({ length: RESAMPLES }, () => median(drawn(values)) / median(drawn(base)))
  // If both medians are infinite there is no ratio.
  const sorted = ratios.filter((ratio) => !Number.isNaN(ratio)).toSorted((a, b) => a - b)
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN
  return { ratio: median(values) / median(base), low: at(0.025), high: at(0.975) }
}

const RESAMPLES = 2000

/** The same sequence of numbers each time, so that a report never shows two intervals for the same figures. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 16807) % 2147483647) / 2147483647
}

/** In each round, every arm once in random order, so that slow minutes of the machine affect all arms equally. */
export function shuffledRounds<Arm>(arms: readonly Arm[], rounds: number): Arm[] {
  return Array.from({ length: rounds }, () =>
    arms
      .map((arm) => ({ arm, order: Math.random() }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ arm }) => arm),
  ).flat()
}

export function toMarkdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
