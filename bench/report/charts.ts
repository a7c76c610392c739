// Selects the cells that are drawn, and their figures. Pure.

import { type Arm, ARMS } from '../arms.ts'
import { type Cell, nameOf } from '../cells.ts'
import { drawChart } from './chart.ts'
import { figureOf, isMeasured, type Taken } from './summary.ts'

const DRAWN = ['FCP', 'hole painted, fresh', 'shell hydrated'] as const

export type Drawn = { readonly file: string; readonly title: string; readonly svg: string }

/** Draws the cells that differ only in line and state. */
export function drawCharts(taken: readonly Taken[]): Drawn[] {
  return taken
    .filter(({ cell }) => isDrawn(cell))
    .map((each) => ({ file: fileOf(each.cell), title: nameOf(each.cell), svg: draw(each) }))
}

function isDrawn({ page, hole, state, hasTap }: Cell): boolean {
  return !hasTap && page === '/small' && hole === 100 && (state === 'warm' || state === 'cold')
}

function fileOf({ profile, state, boot }: Cell): string {
  return `navigation-${profile.replace(/[/.]/g, '-')}-${state}${boot === 0 ? '' : '-slow'}.svg`
}

function draw(taken: Taken): string {
  const groups = DRAWN.map((measure) => ({
    name: measure,
    bars: taken.cell.arms
      .filter((arm) => isMeasured(arm, measure))
      .map((arm) => ({ name: arm.name, color: colorOf(arm), ...figureOf(taken, arm, measure) })),
  }))
  return drawChart({ title: nameOf(taken.cell), unit: 'ms', groups })
}

/** An arm has the same colour in every chart, whatever the other arms are. */
function colorOf({ name }: Arm): string {
  return COLORS[ARMS.findIndex((arm) => arm.name === name) % COLORS.length] ?? '#57606a'
}

const COLORS = [
  '#57606a',
  '#8c959f',
  '#bf8700',
  '#9a6700',
  '#8250df',
  '#0969da',
  '#1a7f37',
  '#0a7d8c',
  '#bf3989',
  '#cf222e',
]
