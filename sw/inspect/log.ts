// The option `debug`: one group on the console for each navigation, in the style of workbox-core's logger, so that it looks like the other
// lines of a worker's console (https://github.com/GoogleChrome/workbox, packages/workbox-core/src/_private/logger.ts; that module is empty
// in a production build).

import { explain, type Tone, toneOf } from '../../protocol/page/explain.ts'
import type { Visit } from '../../protocol/page/inspection.ts'

const COLOURS: Readonly<Record<Tone, string>> = { good: '#2ecc71', other: '#3498db', bad: '#f39c12' }

export function logVisit(visit: Visit): void {
  const { path, outcome, times } = visit
  const style = [
    `background: ${COLOURS[toneOf(visit)]}`,
    'border-radius: 0.5em',
    'color: white',
    'font-weight: bold',
    'padding: 2px 0.5em',
  ].join(';')
  console.groupCollapsed(
    '%cshell-cache',
    style,
    `${path}: ${outcome}, first byte after ${times.firstByte.toFixed(1)} ms`,
  )
  console.log(explain(visit))
  for (const [name, milliseconds] of Object.entries(times))
    if (typeof milliseconds === 'number') console.log(`${name}: ${milliseconds.toFixed(1)} ms`)
  console.log(visit)
  console.groupEnd()
}
