// Tells which build each part of a page belongs to, in the app `faults`. Runs in the page.

type Builds = {
  isWhole: boolean
  shell: string | null | undefined
  hole: string | undefined
  outcome: string | undefined
}

/** The build of the page's shell, the build of its late hole, and how the page was answered. */
export function readBuilds(): Builds {
  const hole = document.querySelector<HTMLElement>('[data-hole=late]')
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return {
    isWhole: document.readyState === 'complete' && hole !== null && !document.querySelector('[data-skeleton]'),
    shell: document.querySelector('[data-testid=build]')?.textContent,
    hole: hole?.dataset['build'],
    outcome: navigation?.serverTiming.find(({ name }) => name === 'shell')?.description,
  }
}
