// Combines the notes of a visit's page, worker and line, which all use the machine's clock. Pure.

import { isDocument } from '../line/requests.ts'
import { type Look, PAGE_TIMES } from './look.ts'
import type { WorkerNotes } from './probe.ts'

export const WORKER_TIMES = ['worker began', 'its script ran', 'it was asked'] as const
export const TIMES = ['request on the line', ...PAGE_TIMES] as const
export type TripTime = (typeof TIMES)[number] | (typeof WORKER_TIMES)[number]

export type Trip = {
  /** Milliseconds from the start of the navigation. A worker's times are from one worker; its start is below 0 if it already ran. */
  readonly times: Readonly<Partial<Record<TripTime, number>>>
  readonly bytes: number
  /** Requests for the page, its rest or a redirect, each with its method. */
  readonly documents: readonly string[]
  /** All requests, with milliseconds from the start of the navigation. */
  readonly requests: readonly { readonly what: string; readonly at: number }[]
  readonly served: string
  /** Whether the worker that answered started after the visitor had left for the page; `gone` if it ended before it could tell. */
  readonly worker: 'none' | 'cold' | 'warm' | 'gone'
}

export type Seen = {
  readonly look: Look
  readonly bytes: number
  readonly asked: readonly { readonly what: string; readonly at: number }[]
  readonly notes?: WorkerNotes
  /** When the visitor left for the page. */
  readonly came: number
}

/** A page's clock is less precise than a millisecond. */
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
