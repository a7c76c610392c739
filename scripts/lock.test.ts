// Proves that the lock file is complete: `npm ci` refuses one that lacks the optional packages of other platforms, and npm on one
// platform may silently write such a file.

import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

type Locked = { readonly optionalDependencies?: Record<string, string> }

const { packages }: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))

/** The places where Node looks for a package's dependency: first inside the package, then further up. */
function placesOf(name: string, from: string): readonly string[] {
  const parts = from === '' ? [] : from.split('/node_modules/')
  const above = parts.map(
    (_part, index) => `${parts.slice(0, parts.length - index).join('/node_modules/')}/node_modules/${name}`,
  )
  return [...above, `node_modules/${name}`]
}

it('holds the optional packages of every platform', () => {
  const named = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ from, name })),
  )
  const missing = named.filter(({ from, name }) => !placesOf(name, from).some((place) => place in packages))
  expect(named.length).toBeGreaterThan(50)
  expect(missing.map(({ from, name }) => `${name}, which ${from} names`)).toEqual([])
})
