// Proves that what the adapter writes into a tag is what the page's script reads out of it, whatever a build's names hold.

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bootstrapOf, formatBootScript, readBootScript, srcOf, startsItself } from './bootstrap-script.ts'

/** What an HTML parser makes of double-quoted attributes. */
function parseAttributes(tag: string): ReadonlyMap<string, string> {
  const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  return new Map([...tag.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescaped(value)]))
}

it('says the same at both ends', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.jsonValue(), (path, global, params) => {
      const src = `/_next/${path.replaceAll('"', '')}`
      const bootScript = formatBootScript(src, { global, params })
      const attributes = parseAttributes(bootScript)
      const bootstrap = attributes.get('data-bootstrap')
      expect(attributes.get('src')).toBe(src)
      expect(srcOf(formatBootScript('/a/b.js?dpl=1&x=2', { global, params }))).toBe('/a/b.js?dpl=1&x=2')
      expect(readBootScript({ shell: 'digest', bootstrap })).toEqual({
        shell: 'digest',
        bootstrap: { global, params: JSON.parse(JSON.stringify(params)) },
        isEarly: false,
      })
      expect(bootstrapOf(bootScript)).toEqual(readBootScript({ shell: 'digest', bootstrap })?.bootstrap)
      expect(bootScript).not.toMatch(/[<>]\/?script/i)
    }),
  )
})

it('carries no bootstrap if a shell starts Next by itself', () => {
  const bootScript = formatBootScript('/a.js', undefined)
  expect([...parseAttributes(bootScript)]).toEqual([['src', '/a.js']])
  expect(readBootScript({ shell: 'digest' })).toEqual({ shell: 'digest', bootstrap: undefined, isEarly: false })
  expect(readBootScript({ shell: 'digest', early: '' })?.isEarly).toBe(true)
  expect(bootstrapOf(bootScript)).toBeUndefined()
})

it.each([{}, { shell: 'd', bootstrap: '{' }, { shell: 'd', bootstrap: '{"params":1}' }])(
  'starts nothing from %j',
  (dataset) => {
    expect(readBootScript(dataset)).toBeUndefined()
  },
)

it('knows a shell that starts itself by the bootstrap script that has nothing to start it with', () => {
  const bootScripts = [
    formatBootScript('/data-bootstrap.js', undefined),
    formatBootScript('/a.js', { global: 'G', params: 1 }),
  ]
  expect([...bootScripts, undefined].map(startsItself)).toEqual([true, false, false])
})
