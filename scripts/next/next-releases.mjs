// Which releases of Next `npm run test:next` runs on: the lowest that package.json claims, the first of each minor from there on, the
// newest, and the highest prerelease, which no tag need name. Pure.

/** @param {readonly string[]} versions - All that the registry has. @param {string} lowest - As package.json claims it. */
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

/** By semantic versioning; prereleases come before the release that they lead to. */
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
