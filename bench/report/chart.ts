// Draws grouped horizontal bars: a bar to the median, a whisker to the 90th percentile. Pure. It has its own background, so that it is
// readable on any page.

export type Bar = { readonly name: string; readonly color: string; readonly p50: number; readonly p90: number }
export type Group = { readonly name: string; readonly bars: readonly Bar[] }
export type Chart = { readonly title: string; readonly unit: string; readonly groups: readonly Group[] }

const WIDTH = 860
const LEFT = 150
const RIGHT = 90
const ROW = 20
const HEAD = 76
const GAP = 34

export function drawChart({ title, unit, groups }: Chart): string {
  const longest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ p50, p90 }) => lastFinite(p50, p90))))
  const scale = (value: number): number => (value / longest) * (WIDTH - LEFT - RIGHT)
  const parts: string[] = []
  let top = HEAD
  for (const group of groups) {
    parts.push(text(16, top, group.name, 'font-weight="600"'))
    parts.push(...group.bars.map((bar, at) => drawBar(bar, top + 10 + at * ROW, scale)))
    top += group.bars.length * ROW + GAP
  }
  const height = top - 6
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="13" fill="#1f2328">`,
    `<title>${escapeText(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6" fill="#ffffff" stroke="#d0d7de"/>`,
    text(16, 26, title, 'font-size="14" font-weight="600"'),
    text(16, 46, `${unit}; a bar ends at the median, its whisker where nine of ten have come`, 'fill="#57606a"'),
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

function drawBar({ name, color, p50, p90 }: Bar, top: number, scale: (value: number) => number): string {
  const label = text(LEFT - 8, top + 12, name, 'text-anchor="end"')
  if (!Number.isFinite(p50)) return label + text(LEFT + 4, top + 12, 'never', 'fill="#57606a"')
  const end = LEFT + scale(p50)
  const bar = `<rect x="${LEFT}" y="${top}" width="${round(scale(p50))}" height="${ROW - 5}" rx="2" fill="${color}"/>`
  const far = Number.isFinite(p90) ? LEFT + scale(p90) : end
  const middle = top + (ROW - 5) / 2
  const whisker = `<path d="M${round(end)} ${middle}H${round(far)}M${round(far)} ${middle - 4}v8" stroke="#1f2328" fill="none"/>`
  return label + bar + whisker + text(far + 6, top + 12, p50.toFixed(0))
}

const lastFinite = (p50: number, p90: number): number => [p90, p50].find(Number.isFinite) ?? 0
const round = (value: number): string => value.toFixed(1)

function text(x: number, y: number, value: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}"${more === '' ? '' : ` ${more}`}>${escapeText(value)}</text>`
}

function escapeText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
