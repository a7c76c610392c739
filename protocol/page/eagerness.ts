// How soon a browser prepares the page of a link (https://wicg.github.io/nav-speculation/speculation-rules.html#speculation-rule-eagerness).
// `immediate` is left out: it would have the origin render the holes of every link on a page.

/**
 * How soon: `'conservative'` when the link is pressed, `'moderate'` when the pointer has rested on it, `'eager'` as soon as the pointer
 * touches it. The browser decides what that means on a device.
 */
export type Eagerness = 'conservative' | 'moderate' | 'eager'

export const EAGERNESSES: readonly ['conservative', 'moderate', 'eager'] = ['conservative', 'moderate', 'eager']

/** As an option has it: `true` is the browser's usual. */
export function toEagerness(wanted: boolean | Eagerness): Eagerness | undefined {
  return wanted === true ? 'moderate' : wanted || undefined
}
