// What an operator reads on the console: what happened, what it means, what to do. A visitor never sees these.

export function report(happened: string, means: string, fix: string): void {
  console.warn(`[shell-cache] ${happened} ${means} ${fix}`)
}

/** @param target - The request's target; its query is left out, since it may be private. */
export function reportFailure(target: string, cause: unknown): void {
  const path = target.split('?', 1)[0] ?? ''
  report(
    `The holes of ${path} did not render: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'The visitor gets the page whole from the network.',
    'Open the page without the service worker. If the error does not occur there, report it to next-shell-cache.',
  )
}
