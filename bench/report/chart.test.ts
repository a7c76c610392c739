// Proves that a chart is a complete document and shows its figures. How it looks must be judged by eye.

import { expect, it } from 'vitest'

import { drawChart } from './chart.ts'

const bars = [
  { name: 'no worker', color: '#57606a', p50: 200, p90: 400 },
  { name: 'a <b> & "c"', color: '#0969da', p50: 100, p90: 100 },
]

it('closes every element that it opens', () => {
  const open: string[] = []
  for (const [, slash, name, self] of drawChart({ title: 'T', unit: 'ms', groups: [{ name: 'FCP', bars }] }).matchAll(
    /<(\/?)([a-z]+)[^<>]*?(\/?)>/g,
  )) {
    if (slash === '/') expect(open.pop()).toBe(name)
    else if (self !== '/') open.push(name ?? '')
  }
  expect(open).toEqual([])
})

it('shows names as they are, whatever is in them', () => {
  const svg = drawChart({ title: 'a < b', unit: 'ms', groups: [{ name: 'x & y', bars }] })
  expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;')
  expect(svg).toContain('<title>a &lt; b</title>')
  expect(svg).toContain('x &amp; y')
})

it('draws bars in proportion, the longest whisker to the edge', () => {
  const svg = drawChart({ title: 'T', unit: 'ms', groups: [{ name: 'FCP', bars }] })
  const [first = 0, second = 0] = [...svg.matchAll(/width="([\d.]+)" height="15"/g)].map(([, width]) => Number(width))
  expect(first).toBe(2 * second)
})

it('says of what never came that it never came', () => {
  const svg = drawChart({
    title: 'T',
    unit: 'ms',
    groups: [{ name: 'hole', bars: [{ name: 'x', color: '#57606a', p50: Infinity, p90: Infinity }] }],
  })
  expect(svg).toContain('never')
  expect(svg).not.toMatch(/Infinity|NaN/)
})
