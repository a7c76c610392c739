// Counts how often an origin has rendered the hole of a page, from what it printed (bench/app/app/hole.tsx). Pure.

/** Counts by the visit's nonce. A render that nothing waited for also counts. */
export function countRenders(output: string): ReadonlyMap<string, number> {
  const renders = new Map<string, number>()
  for (const [, nonce = ''] of output.matchAll(/^render (\S+)$/gm)) renders.set(nonce, (renders.get(nonce) ?? 0) + 1)
  return renders
}
