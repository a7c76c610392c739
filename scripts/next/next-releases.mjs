// Chooses the releases of Next for `npm run test:next`: the lowest that package.json supports, the first of each later minor, the
// newest, and the highest canary, which need not have a tag. Pure.

/** @param {readonly string[]} versions - All versions in the registry. @param {string} lowest - The lowest that package.json supports. */
export function chooseReleases(versions, lowest) {
  const stable = versions.filter((version) => !version.includes('-') && compare(version, lowest) >= 0).toSorted(compare)
  const firsts = new Map()
  for (const version of stable) {
    const minor = version.split('.', 2).join('.')
    if (!firsts.has(minor)) firsts.set(minor, version)
  }
  const newest = stable.at(-1)
  const chosen = [...new Set([...firsts.values(), ...stable.slice(-1)])]
  const canary = newestCanary(versions)
  return canary && newest && compare(canary, newest) > 0 ? [...chosen, canary] : chosen
}

/** @param {readonly string[]} versions */
export function newestCanary(versions) {
  return versions
    .filter((version) => version.includes('-canary.'))
    .toSorted(compare)
    .at(-1)
}

/** By semantic versioning: prereleases come before their release. */
export function compare(a, b) {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/))
  for (let at = 0; at < 5; at++) {
    const [x, y] = [left[at], right[at]]
    if (x === y) continue
    if (x === undefined) return at === 3 ? 1 : -1
    if (y === undefined) return at === 3 ? -1 : 1
    const difference = Number(x) - Number(y)
    return Number.isNaN(difference) ? (x < y ? -1 : 1) : difference
  }
  return 0
}
