// The moment in which a visitor presses a link of a page that prepares others: what waits for the origin's word until then is a navigation as any
// other from there on. Which link it is is not said: a browser prepares two pages at most.

let waiting: ((isPressed: true) => void)[] = []

/** Resolves at the next press. */
export function whenPressed(): Promise<true> {
  return new Promise((resolve) => waiting.push(resolve))
}

export function notePress(): void {
  for (const resolve of waiting) resolve(true)
  waiting = []
}
