// Which build the parts of a page are of, in the app `faults`. Runs in the page.

type Builds = {
  isWhole: boolean
  shell: string | null | undefined
  hole: string | undefined
  outcome: string | undefined
}

/** Which build the shell of a page is of, which its late hole, and how the page came. */
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
