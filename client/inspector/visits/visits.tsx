/** @jsxImportSource preact */
// The last navigations, the newest first: how each was answered, why, and when.

import type { VNode } from 'preact'

import { explain, toneOf } from '../../../protocol/page/explain.ts'
import type { InspectedBuild, Visit } from '../../../protocol/page/inspection.ts'
import { isCount, isObject } from '../../../protocol/json-shape.ts'
import type { Timeouts } from './lanes.ts'
import type { Snapshot } from '../snapshot.ts'
import { Badge } from '../table.tsx'
import { Timeline } from './timeline.tsx'

type Props = { readonly snapshot: Snapshot; readonly build: InspectedBuild }

export function Visits({ snapshot: { inspection }, build: { options } }: Props): VNode {
  const visits = inspection?.visits ?? []
  if (visits.length === 0)
    return <p>None yet. Open pages of the app in this tab or another; each navigation is drawn here.</p>
  const timeouts = timeoutsOf(options)
  return (
    <>
      <Rest until={inspection?.restsUntil} />
      <ol class="visits">
        {visits.map((visit) => (
          <Drawn key={`${visit.at} ${visit.path}`} visit={visit} timeouts={timeouts} />
        ))}
      </ol>
    </>
  )
}

function Rest({ until }: { readonly until: number | undefined }): VNode | null {
  if (until === undefined) return null
  return (
    <p role="status">
      Shells rest in this browser until {new Date(until).toLocaleString()}: too many of its last pages had to be
      reloaded. Pages come from the network. “Purge” ends it.
    </p>
  )
}

function Drawn({ visit, timeouts }: { readonly visit: Visit; readonly timeouts: Timeouts }): VNode {
  const { path, outcome, at, isPreloaded, times } = visit
  const began = new Date(at)
  return (
    <li data-path={path} data-outcome={outcome}>
      <h3>
        <code>{path}</code> <Badge text={NAMES[outcome]} tone={toneOf(visit)} />
        {times.boot !== undefined && [' ', <Badge key="cold" text="cold worker" tone="other" />]}
        {isPreloaded && [' ', <Badge key="preload" text="by preload" tone="other" />]}{' '}
        <time dateTime={began.toISOString()}>{began.toLocaleTimeString()}</time>
      </h3>
      <p>{explain(visit)}</p>
      <Timeline visit={visit} timeouts={timeouts} />
    </li>
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

function timeoutsOf({ timeouts }: InspectedBuild['options']): Timeouts {
  const { store, response } = isObject(timeouts) ? timeouts : {}
  return { store: isCount(store) ? store : Infinity, response: isCount(response) ? response : Infinity }
}
