// Which releases of Next `npm run test:next` runs on: the lowest that package.json claims; of each minor from there on the first and the
// newest, since what differs between them is what breaks; and the highest prerelease, which no tag need name. Pure.

/** @param {readonly string[]} versions - All that the registry has. @param {string} lowest - As package.json claims it. */
export function chooseReleases(versions, lowest) {
  const stable = versions.filter((version) => !version.includes('-') && compare(version, lowest) >= 0).toSorted(compare)
  const minors = new Map()
  for (const version of stable) {
    const minor = version.split('.', 2).join('.')
    minors.set(minor, [minors.get(minor)?.[0] ?? version, version])
  }
  const ends = [...new Set([...minors.values()].flat())]
  const newest = ends.at(-1)
  const canary = versions
    .filter((version) => version.includes('-canary.'))
    .toSorted(compare)
    .at(-1)
  return canary && newest && compare(canary, newest) > 0 ? [...ends, canary] : ends
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
