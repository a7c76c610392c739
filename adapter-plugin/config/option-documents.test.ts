// Proves that the README's table, the TSDoc that editors show and the settings name the same options with the same defaults. A default
// is written as code, or in words if there is no value.

import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'

import { expect, it } from 'vitest'

import { OPTION_NAMES, toSettings } from './options.ts'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const README = read('README.md')
const TYPES = read('adapter-plugin/config/shell-cache-options.ts')

/** The value of the code at the start of a text; undefined if the text starts with words. */
function valueIn(text: string): unknown {
  const [, code] = /^`([^`]+)`/.exec(text) ?? []
  return code === undefined ? undefined : structuredClone(runInNewContext(`(${code})`))
}

function documentedInReadme(): Record<string, unknown> {
  const [table = ''] = /^\| option [^]*?\n\n/m.exec(README) ?? []
  const rows = table.matchAll(/^\| `(\w+)` +\| ([^|]+) \|/gm)
  return Object.fromEntries([...rows].map(([, name = '', cell = '']) => [name, valueIn(cell) ?? valueBelow(name)]))
}

/** A default that is too wide for the table: "The defaults of `timeouts` are `{ … }`, those of `budget` `{ … }`". */
function valueBelow(name: string): unknown {
  const [, said = ''] = new RegExp(`\`${name}\`[^\`]{1,9}(\`{[^\`]+}\`)`).exec(README) ?? []
  return valueIn(said)
}

function documentedInTypes(): Record<string, unknown> {
  const members = TYPES.matchAll(/\/\*\*\n((?: {3}\*.*\n)+?) {3}\*\/\n {2}readonly (\w+)\?:/g)
  return Object.fromEntries(
    [...members].map(([, comment = '', name = '']) => {
      const [, said] = /@defaultValue (.+)/.exec(comment) ?? []
      expect(said, `the default of ${name}`).toBeDefined()
      return [name, valueIn(/^[\d.]+$/.test(said ?? '') ? `\`${said}\`` : (said ?? ''))]
    }),
  )
}

it.each([
  ['the README', documentedInReadme()],
  ['the types', documentedInTypes()],
])('%s has every option with its default', (_name, documented) => {
  expect(Object.keys(documented).toSorted()).toEqual(OPTION_NAMES.toSorted())
  expect(documented).toEqual(toSettings({}).settings)
})
