// Proves that what the adapter writes into a tag is what the page's script reads out of it, whatever a build's names hold.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bootstrapOf, formatStarter, readStarter, srcOf, startsItself } from './bootstrap-script.ts'

/** What an HTML parser makes of double-quoted attributes. */
function parseAttributes(tag: string): ReadonlyMap<string, string> {
  const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return new Map([...tag.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]))
}

it('says the same at both ends', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.jsonValue(), (path, global, params) => {
      const src = `/_next/${path.replaceAll('"', '')}`
      const starter = formatStarter(src, { global, params })
      const attributes = parseAttributes(starter)
      const bootstrap = attributes.get('data-bootstrap')
      expect(attributes.get('src')).toBe(src)
      expect(srcOf(formatStarter('/a/b.js?dpl=1&x=2', { global, params }))).toBe('/a/b.js?dpl=1&x=2')
      expect(readStarter({ shell: 'digest', bootstrap })).toEqual({
        shell: 'digest',
        bootstrap: { global, params: JSON.parse(JSON.stringify(params)) },
        isEarly: false,
      })
      expect(bootstrapOf(starter)).toEqual(readStarter({ shell: 'digest', bootstrap })?.bootstrap)
      expect(starter).not.toMatch(/[<>]\/?script/i)
    }),
  )
})

it('carries no bootstrap where a shell starts Next by itself', () => {
  const starter = formatStarter('/a.js', undefined)
  expect([...parseAttributes(starter)]).toEqual([['src', '/a.js']])
  expect(readStarter({ shell: 'digest' })).toEqual({ shell: 'digest', bootstrap: undefined, isEarly: false })
  expect(readStarter({ shell: 'digest', early: '' })?.isEarly).toBe(true)
  expect(bootstrapOf(starter)).toBeUndefined()
})

it.each([{}, { shell: 'd', bootstrap: '{' }, { shell: 'd', bootstrap: '{"params":1}' }])(
  'starts nothing from %j',
  (dataset) => {
    expect(readStarter(dataset)).toBeUndefined()
  },
)

it('knows a shell that starts itself by the starter that has nothing to start it with', () => {
  const starters = [formatStarter('/data-bootstrap.js', undefined), formatStarter('/a.js', { global: 'G', params: 1 })]
  expect([...starters, undefined].map(startsItself)).toEqual([true, false, false])
})
