// Medians of one run and their ratio. Pure; called by run.ts.

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}

/** In a random order, each arm as often as the others: slow minutes of the machine meet all arms alike. */
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
