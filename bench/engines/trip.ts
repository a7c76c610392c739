// One visit, put together from what its page, its worker and its line have noted by one clock, the machine's. Pure.

import { isDocument } from '../line/requests.ts'
import { type Look, PAGE_TIMES } from './look.ts'
import type { WorkerNotes } from './probe.ts'

export const WORKER_TIMES = ['worker began', 'its script ran', 'it was asked'] as const
export const TIMES = ['request on the line', ...PAGE_TIMES] as const
export type TripTime = (typeof TIMES)[number] | (typeof WORKER_TIMES)[number]

export type Trip = {
  /** Milliseconds from the start of the navigation. Those of a worker are of one alone, and its start below 0 where it ran before. */
  readonly times: Readonly<Partial<Record<TripTime, number>>>
  readonly bytes: number
  /** Requests for the page, its rest or a redirect, each with its method. */
  readonly documents: readonly string[]
  /** All requests, milliseconds from the start of the navigation. */
  readonly requests: readonly { readonly what: string; readonly at: number }[]
  readonly served: string
  /** Whether the worker that answered began after the visitor had set out for the page; `gone` where it had ended before it could say so. */
  readonly worker: 'none' | 'cold' | 'warm' | 'gone'
}

export type Seen = {
  readonly look: Look
  readonly bytes: number
  readonly asked: readonly { readonly what: string; readonly at: number }[]
  readonly notes?: WorkerNotes
  /** When the visitor set out. */
  readonly came: number
}

/** A whole millisecond is more than the clock of a page is good for. */
const rounded = (times: Look['times']): Look['times'] =>
  Object.fromEntries(Object.entries(times).map(([name, value]) => [name, Math.round(value)])) as Look['times']

export function toTrip({ look, bytes, asked, notes, came }: Seen): Trip {
  const since = (at: number): number => Math.round(at - look.began)
  const requests = asked.map(({ what, at }) => ({ what, at: since(at) }))
  const documents = requests.filter(({ what }) => isDocument(what))
  const [first] = documents
  return {
    times: {
      ...rounded(look.times),
      ...(first ? { 'request on the line': first.at } : {}),
      ...(notes
        ? {
            'worker began': since(notes.began),
            'its script ran': since(notes.ran),
            'it was asked': since(notes.asked),
          }
        : {}),
    },
    bytes,
    documents: documents.map(({ what }) => what),
    requests,
    served: look.served,
    worker: stateOf(notes, came),
  }
}

function stateOf(notes: WorkerNotes | undefined, came: number): Trip['worker'] {
  if (!notes) return 'none'
  if (notes.asked < came) return 'gone'
  return notes.began > came ? 'cold' : 'warm'
}
