// Reads the times of a page's navigation by the page's own clock, without the driver's round trips.

export type Look = {
  /** The start of the navigation, by the machine's clock. */
  readonly began: number
  /** Milliseconds from `began`. */
  readonly times: Readonly<Record<PageTime, number>>
  /** Our worker's outcome. */
  readonly served: string
  /** Not `navigate` if the page has reloaded itself. */
  readonly type: string
}

export const PAGE_TIMES = [
  'first byte',
  'first paint',
  'shell painted',
  'shell hydrated',
  'hole painted',
  'document parsed',
] as const
export type PageTime = (typeof PAGE_TIMES)[number]

/** Runs in the page, so it can use nothing of this file. Undefined if the page has not settled in time. */
export async function lookAtPage(url: string, timeout: number): Promise<Look | undefined> {
  const end = performance.now() + timeout
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const painted = (): { shell?: number; hole?: number } =>
    (Reflect.get(window, 'painted') as { shell?: number; hole?: number } | undefined) ?? {}
  const startOf = (name: string): number | undefined => performance.getEntriesByName(name)[0]?.startTime
  while (performance.now() < end) {
    const { shell, hole } = painted()
    const fcp = startOf('first-contentful-paint')
    const hydrated = startOf('shell hydrated')
    const isLoaded = location.href === url && navigation !== undefined && navigation.loadEventEnd > 0
    const isPainted = shell !== undefined && hole !== undefined && fcp !== undefined
    if (isLoaded && isPainted && hydrated !== undefined) {
      return {
        began: performance.timeOrigin,
        times: {
          'first byte': navigation.responseStart,
          'first paint': fcp,
          'shell painted': shell,
          'shell hydrated': hydrated,
          'hole painted': hole,
          'document parsed': navigation.domInteractive,
        },
        served: navigation.serverTiming?.find(({ name }) => name === 'shell')?.description ?? '',
        type: navigation.type,
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return undefined
}
