// What an operator reads on the console: what happened, what it means, what to do. A visitor never sees these.

export function report(happened: string, means: string, todo: string): void {
  console.warn(`[shell-cache] ${happened} ${means} ${todo}`)
}
