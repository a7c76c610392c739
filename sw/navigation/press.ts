// Tells when a visitor presses a link on a page that prepares others. Until then a prepared page waits for the origin's verdict; from then
// on it is a navigation like any other. The press does not say which link it is: a browser prepares two pages at most.

let waiting: ((isPressed: true) => void)[] = []

/** Resolves at the next press. */
export function whenPressed(): Promise<true> {
  return new Promise((resolve) => waiting.push(resolve))
}

export function notePress(): void {
  for (const resolve of waiting) resolve(true)
  waiting = []
}
