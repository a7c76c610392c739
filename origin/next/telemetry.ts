// Reports the origin's responses to the app's own OpenTelemetry: a span for each, and counters. All copies of `@opentelemetry/api` 1.x,
// the app's and Next's own alike, share one registry. So nothing is imported, and nothing is done unless a provider is registered
// (`instrumentation.ts`).
//
//   must never fail a response: a provider is the app's code;
//   must name no path and nothing of the visitor: the value of an attribute is one of few words.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { isObject } from '../../protocol/json-shape.ts'
import type { Verdict } from '../../protocol/verdict.ts'

/** `_globals` of the API, for its major version 1. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1')
/** `createContextKey()` makes such symbols. */
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN')
const NAME = 'next-shell-cache'
const ERROR = 2

type Attributes = Readonly<Record<string, string | boolean>>
type Context = { readonly getValue: (key: symbol) => unknown }
type Span = { readonly end: () => void; readonly setStatus: (status: { readonly code: number }) => void }
type Tracer = {
  readonly startSpan: (
    name: string,
    options: { readonly startTime?: number; readonly attributes: Attributes },
    parent?: Context,
  ) => Span
}
type Counter = { readonly add: (count: number, attributes: Attributes) => void }
type Meter = { readonly createCounter: (name: string, options: { readonly description: string }) => Counter }
type Getter = { readonly keys: (headers: object) => string[]; readonly get: (headers: object, name: string) => unknown }

/** As much of the registry as is used; what is not registered is missing. */
type Registry = {
  readonly trace?: { readonly getTracer: (name: string, version?: string) => Tracer }
  readonly metrics?: { readonly getMeter: (name: string) => Meter }
  readonly context?: { readonly active: () => Context }
  readonly propagation?: { readonly extract: (context: Context, headers: object, getter: Getter) => Context }
}

function readRegistry(): Registry | undefined {
  const registry: unknown = Reflect.get(globalThis, REGISTRY)
  return isObject(registry) && (registry['trace'] ?? registry['metrics']) !== undefined ? registry : undefined
}

export type Asked = 'resume' | 'record' | 'action' | 'preload'
type Arrival = { readonly asked: Asked; readonly at: number; readonly headers: IncomingMessage['headers'] }
const arrivals = new WeakMap<ServerResponse, Arrival>()

/** Must be called before anything is taken from the request. */
export function noteArrival({ headers }: IncomingMessage, response: ServerResponse, asked: Asked): void {
  if (readRegistry()) arrivals.set(response, { asked, at: Date.now(), headers })
}

/** Begins the span of a response whose head is about to be sent, at the moment at which the request arrived, and counts the response. */
export function tellVerdict(response: ServerResponse, verdict: Verdict): void {
  const arrival = arrivals.get(response)
  const registry = arrival && readRegistry()
  if (!registry) return
  arrivals.delete(response)
  const { asked, at } = arrival
  const reason = verdict.kind === 'refused' ? { 'shell_cache.reason': verdict.reason } : {}
  const attributes = { 'shell_cache.asked': asked, 'shell_cache.verdict': verdict.kind, ...reason }
  try {
    counterOf(registry, verdict.kind)?.add(1, { 'shell_cache.asked': asked, ...reason })
    const parent = parentOf(registry, arrival)
    const span = registry.trace
      ?.getTracer(NAME)
      .startSpan(`shell cache ${asked}`, { startTime: at, attributes }, parent)
    // A refused response is closed for Next before it is sent.
    if (span) response.once('close', () => endSpan(span, verdict.kind !== 'resumed' || response.writableFinished))
  } catch {
    // Not ours to report.
  }
}

function endSpan(span: Span, isWhole: boolean): void {
  try {
    if (!isWhole) span.setStatus({ code: ERROR })
    span.end()
  } catch {
    // As above.
  }
}

/** Next's own span of the request if Next has the request; before that, what the caller has sent. */
function parentOf({ context, propagation }: Registry, { headers }: Arrival): Context | undefined {
  const active = context?.active()
  if (!active || active.getValue(SPAN) !== undefined || !propagation) return active
  return propagation.extract(active, headers, {
    keys: (carrier) => Object.keys(carrier),
    get: (carrier, name) => Reflect.get(carrier, name),
  })
}

const COUNTERS: Readonly<Record<Verdict['kind'], readonly [name: string, description: string]>> = {
  resumed: ['shell_cache.resumed', 'Pages of which the rest alone was sent'],
  refused: ['shell_cache.refused', 'Questions that were refused, by reason'],
  recorded: ['shell_cache.records', 'Records that were sent, or said to be current'],
}
const counters = new WeakMap<object, Map<string, Counter>>()

function counterOf({ metrics }: Registry, kind: Verdict['kind']): Counter | undefined {
  if (!metrics) return undefined
  const [name, description] = COUNTERS[kind]
  const made = counters.get(metrics) ?? new Map<string, Counter>()
  const counter = made.get(name) ?? metrics.getMeter(NAME).createCounter(name, { description })
  counters.set(metrics, made.set(name, counter))
  return counter
}

/** Next's own span of this name, which Next's pipe emits (`server/pipe-readable.js`); ours (pipe-rest.ts) replaces that pipe. */
export function tellStartOfResponse(): void {
  const name = 'start response'
  const attributes = { 'next.span_name': name, 'next.span_type': 'NextNodeServer.startResponse' }
  try {
    readRegistry()?.trace?.getTracer('next.js', '0.0.1').startSpan(name, { attributes }).end()
  } catch {
    // As above.
  }
}
