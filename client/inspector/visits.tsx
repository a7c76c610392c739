// The last navigations, the newest first: how each was answered, why, and when.

import { explain, toneOf } from '../../protocol/explain.ts'
import type { InspectedBuild, Visit } from '../../protocol/inspection.ts'
import { isCount, isObject } from '../../protocol/json-shape.ts'
import { badge, element } from './element.ts'
import type { Sight } from './look.ts'
import { type Deadlines, drawTimeline } from './timeline.ts'

export function drawVisits({ inspection }: Sight, { options }: InspectedBuild): readonly Node[] {
  const visits = inspection?.visits ?? []
  if (visits.length === 0)
    return [element('p', {}, 'None yet. Open pages of the app in this tab or another; each is drawn here.')]
  const deadlines = deadlinesOf(options)
  return [element('ol', { class: 'visits' }, ...visits.map((visit) => drawVisit(visit, deadlines)))]
}

function drawVisit(visit: Visit, deadlines: Deadlines): HTMLElement {
  const { path, outcome, at, isPreloaded, times } = visit
  return element(
    'li',
    { 'data-path': path, 'data-outcome': outcome },
    element(
      'h3',
      {},
      element('code', {}, path),
      ' ',
      badge(NAMES[outcome], toneOf(visit)),
      ...(times.boot === undefined ? [] : [' ', badge('cold worker', 'other')]),
      ...(isPreloaded ? [' ', badge('by preload', 'other')] : []),
      ' ',
      element('time', { datetime: new Date(at).toISOString() }, new Date(at).toLocaleTimeString()),
    ),
    element('p', {}, explain(visit)),
    drawTimeline(visit, deadlines),
  )
}

const NAMES: Readonly<Record<Visit['outcome'], string>> = {
  instant: 'instant',
  gated: 'gated',
  static: 'static',
  offline: 'offline',
  network: 'network',
  'offline-page': 'offline page',
  failed: 'failed',
}

function deadlinesOf({ deadlines }: InspectedBuild['options']): Deadlines {
  const { store, answer } = isObject(deadlines) ? deadlines : {}
  return { store: isCount(store) ? store : Infinity, answer: isCount(answer) ? answer : Infinity }
}
