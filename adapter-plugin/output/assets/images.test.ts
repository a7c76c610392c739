// Proves which size of a picture is stored for use without a network: only one, and one that Next makes.

import { expect, it } from 'vitest'

import { toUtf8 } from '../../../protocol/utf8.ts'
import { drawingsOf, imagesOf } from './images.ts'

const url = (width: number, source = 'a') => `/docs/_next/image?url=%2F${source}.jpg&amp;w=${width}&amp;q=75`
const widths = [640, 750, 828, 1080, 3840]

it.each([
  ['a width that fits', widths.map((width) => `${url(width)} ${width}w`).join(', '), url(828)],
  ['the largest where none is large enough', `${url(256)} 256w, ${url(384)} 384w`, url(384)],
  ['the greater of two pixel ratios', `${url(640)} 1x, ${url(1200)} 2x`, url(1200)],
])('chooses %s', (_name, srcSet, chosen) => {
  const expected = [chosen.replaceAll('&amp;', '&')]
  expect(imagesOf(toUtf8(`<img alt="" srcSet="${srcSet}" src="${url(3840)}"/>`), '/docs')).toEqual(expected)
  const preload = `<link rel="preload" as="image" imageSrcSet="${srcSet}"/><img srcSet="${srcSet}"/>`
  expect(imagesOf(toUtf8(preload), '/docs')).toEqual(expected)
})

it('leaves pictures alone that Next does not make', () => {
  const html = `<img src="/docs/a.png"/><img src="https://cdn.example/_next/image?url=a"/><img src="/_next/image?url=a"/><link rel="preload" as="image" href="${url(1)}"/>`
  expect(imagesOf(toUtf8(html), '/docs')).toEqual([])
  expect(imagesOf(toUtf8(`<img src="${url(640)}"/>`), '/docs')).toHaveLength(1)
})

it('has drawings as they are, those of this origin', () => {
  const html = `<img src="/docs/next.svg"/><img src="/docs/_next/static/media/a.1f.svg?dpl=1"/><img src="/docs/next.svg"/>`
  const elsewhere = `<img src="//cdn.example/a.svg"/><img src="https://cdn.example/a.svg"/><img src="/docs/a.svg.png"/>`
  expect(imagesOf(toUtf8(html + elsewhere), '/docs')).toEqual([
    '/docs/next.svg',
    '/docs/_next/static/media/a.1f.svg?dpl=1',
  ])
  expect(drawingsOf([...imagesOf(toUtf8(html), '/docs'), url(640)])).toEqual([
    '/docs/next.svg',
    '/docs/_next/static/media/a.1f.svg',
  ])
})
