// How often an origin has rendered the hole of a page, by what it printed then (bench/app/app/hole.tsx). Pure.

/** By the visitor's nonce: one that nobody waited for counts too. */
export function countRenders(output: string): ReadonlyMap<string, number> {
  const renders = new Map<string, number>()
  for (const [, nonce = ''] of output.matchAll(/^render (\S+)$/gm)) renders.set(nonce, (renders.get(nonce) ?? 0) + 1)
  return renders
}
