// URLs for which one event is expected within half a minute. Kept only in memory, because the event follows immediately.

import { EXPECTED_MS } from './timeouts.ts'

export class NotedUrls {
  readonly #noted = new Map<string, number>()

  add(url: string): void {
    const now = performance.now()
    for (const [known, at] of this.#noted) if (now - at > EXPECTED_MS) this.#noted.delete(known)
    this.#noted.set(url, now)
  }

  /** Whether the URL was noted a moment ago. Forgets it. */
  take(url: string): boolean {
    const at = this.#noted.get(url)
    this.#noted.delete(url)
    return at !== undefined && performance.now() - at <= EXPECTED_MS
  }
}
