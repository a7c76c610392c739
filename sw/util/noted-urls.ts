// URLs of which something is expected within half a minute, once. Known to this worker alone: what it is asked about follows at once.

import { EXPECTED_MS } from './timeouts.ts'

export class NotedUrls {
  readonly #noted = new Map<string, number>()

  add(url: string): void {
    const now = performance.now()
    for (const [known, at] of this.#noted) if (now - at > EXPECTED_MS) this.#noted.delete(known)
    this.#noted.set(url, now)
  }

  /** Whether it was noted a moment ago. The next time it is not. */
  take(url: string): boolean {
    const at = this.#noted.get(url)
    this.#noted.delete(url)
    return at !== undefined && performance.now() - at <= EXPECTED_MS
  }
}
