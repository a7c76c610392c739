/** @jsxImportSource preact */
// Page views below each other on one time scale, with an axis above. Drawn as SVG in percent of the width: attributes, which a policy without
// 'unsafe-inline' allows. A screen reader reads each page view as a sentence.

import type { VNode } from 'preact'

import type { Reported } from '../../../protocol/page/inspection.ts'
import type { PageReport } from '../../../protocol/page/page-report.ts'
import { formatMilliseconds } from '../format.ts'
import { Badge } from '../table.tsx'
import { describe, endOf, type Mark, MARK_NAMES, type MarkName, marksOf } from './marks.ts'
import { type Scale, scaleFor } from './scale.ts'

/** Older page views are only in the export. */
const MOST_ROWS = 20

export function Chart({ reports }: { readonly reports: readonly Reported[] }): VNode {
  const shown = reports.slice(0, MOST_ROWS)
  const scale = scaleFor(shown.map(({ report }) => endOf(report)))
  return (
    <div class="chart">
      <Legend shown={shown} />
      <Axis scale={scale} />
      <ol>
        {shown.map(({ at, report }) => (
          <View key={at} at={at} report={report} scale={scale} />
        ))}
      </ol>
    </div>
  )
}

/** Only of the marks that are drawn: without `<ShellCache />` no page knows when it was hydrated. */
function Legend({ shown }: { readonly shown: readonly Reported[] }): VNode {
  const drawn = new Set(shown.flatMap(({ report }) => marksOf(report).map(({ name }) => name)))
  return (
    <p class="legend" aria-hidden="true">
      {MARK_NAMES.filter((name) => drawn.has(name)).map((name) => (
        <span key={name}>
          <svg width="12" height="14">
            <Sign name={name} x="6" />
          </svg>{' '}
          {name}
        </span>
      ))}
    </p>
  )
}

function Axis({ scale: { end, ticks } }: { readonly scale: Scale }): VNode {
  return (
    <div class="view axis" aria-hidden="true">
      <svg height="18">
        {ticks.map((tick) => (
          <text key={tick} x={percent(tick / end)} y="13" text-anchor={anchorOf(tick, end)}>
            {tick === 0 ? '0 ms' : tick}
          </text>
        ))}
      </svg>
      <span class="time">largest</span>
    </div>
  )
}

function anchorOf(tick: number, end: number): 'start' | 'middle' | 'end' {
  if (tick === 0) return 'start'
  return tick === end ? 'end' : 'middle'
}

type ViewProps = { readonly at: number; readonly report: PageReport; readonly scale: Scale }

function View({ at, report, scale: { end, ticks } }: ViewProps): VNode {
  const { route = 'unknown route', rung, reason, ttfb = 0, lcp, fcp = 0 } = report
  const marks = marksOf(report)
  const began = new Date(at)
  return (
    <li class="view" data-rung={rung}>
      <span class="of">
        <code>{route}</code>{' '}
        <Badge text={reason ? `${rung}: ${reason}` : rung} tone={rung === 'network' ? 'other' : 'good'} />
        <time dateTime={began.toISOString()}>{began.toLocaleTimeString()}</time>
      </span>
      <svg height="18" role="img" aria-label={describe(report)}>
        <title>{describe(report)}</title>
        {ticks.map((tick) => (
          <line key={tick} class="grid" x1={percent(tick / end)} x2={percent(tick / end)} y1="0" y2="18" />
        ))}
        <rect class={rung === 'network' ? 'wait network' : 'wait shell'} y="6" height="6" width={percent(ttfb / end)} />
        <rect
          class="paint"
          x={percent(ttfb / end)}
          y="6"
          height="6"
          width={percent(Math.max(0, Math.min(end, lcp ?? fcp) - ttfb) / end)}
        />
        {marks.map((mark, at) => (
          <Placed key={`${mark.name} ${at}`} mark={mark} end={end} />
        ))}
      </svg>
      <span class="time">{lcp === undefined ? '–' : formatMilliseconds(lcp)}</span>
    </li>
  )
}

function Placed({ mark: { name, at }, end }: { readonly mark: Mark; readonly end: number }): VNode {
  // A mark beyond the end is shown at the end.
  return <Sign name={name} x={percent(at / end)} />
}

/** Shape and colour: colour is never the only sign. */
function Sign({ name, x }: { readonly name: MarkName; readonly x: string }): VNode {
  if (name === 'hole') return <circle class="sign hole" cx={x} cy="9" r="4" />
  if (name === 'hydrated') return <circle class="sign hydrated" cx={x} cy="9" r="3.5" />
  const [top, bottom, width] = {
    'first byte': ['4', '14', '2'],
    'first paint': ['1', '17', '2'],
    'largest paint': ['1', '17', '4'],
  }[name] as [string, string, string]
  return <line class={`sign ${name.replace(' ', '-')}`} x1={x} x2={x} y1={top} y2={bottom} stroke-width={width} />
}

function percent(part: number): string {
  return `${Math.round(Math.min(1, part) * 10_000) / 100}%`
}
