// Proves that a prerendered payload becomes one for the requested page, row by row, and that nothing other than a payload does.

import { expect, it } from 'vitest'

import { fillParams, toInitialPayload } from './flight-payload.ts'
import { fromUtf8, toUtf8 } from '../utf8.ts'

const asked = { key: '/p/[slug]', path: '/p/k%C3%A4se', query: [] }
const initial = (text: string, change: Partial<Parameters<typeof toInitialPayload>[1]> = {}) => {
  const payload = toInitialPayload(toUtf8(text), { ...asked, ...change })
  return payload && fromUtf8(payload)
}
const ROOT = '0:{"c":["","p","[slug]"],"q":"","t":{"k":"%%drp:slug:55e7%%"}}\n'

it('fills in path and query, and leaves out how to cache an answer', () => {
  const root = ROOT.replace('"q"', '"s":"$17","l":"$18","a":[1,2],"q"')
  expect(initial(`1:"$Sreact.fragment"\n${root}`, { query: [['a b', '1&2']] })).toBe(
    '1:"$Sreact.fragment"\n0:{"c":["","p","[slug]"],"q":"?a%20b=1%262","t":{"k":"k%C3%A4se"}}\n',
  )
})

it.each([
  ['/[...all]', 'all', '/a/b', 'a/b'],
  ['/x/[[...all]]', 'all', '/x', ''],
  ['/x/[[...all]]', 'all', '/x/a', 'a'],
  ['/[lang]/[slug]', 'slug', '/en/a,b', 'a%2Cb'],
])('reads the parameters of %s', (key, name, path, value) => {
  const filled = fillParams(toUtf8(`1:["%%drp:${name}:55e7%%"]\n`), key, path)
  expect(filled && fromUtf8(filled)).toBe(`1:["${value}"]\n`)
})

it('does not look into rows of bytes, which may hold what looks like another row', () => {
  const bytes = '2:T9,\n0:{"c":4\n'
  expect(initial(`${bytes.slice(0, 14)}${ROOT}`)).toBe(
    `${bytes.slice(0, 14)}${ROOT.replace('%%drp:slug:55e7%%', 'k%C3%A4se')}`,
  )
})

it.each([
  ['nothing', ''],
  ['no rows', 'full'],
  ['no root', '1:"a"\n'],
  ['two roots', ROOT + ROOT],
  ['a root without a tree', '0:{"c":["",""],"q":""}\n'],
  ['a root that is no JSON', '0:{"c":\n'],
  ['a parameter that the path does not have', ROOT.replace('slug:', 'other:')],
  ['a row that is longer than all', `2:Tff,abc${ROOT}`],
  ['a row whose length is none', `2:Tzz,${ROOT}`],
])('is undefined for %s', (_name, text) => {
  expect(initial(text)).toBeUndefined()
})
