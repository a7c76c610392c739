// A provider for the OpenTelemetry API that Next brings, registered as an app's instrumentation.ts would register one of the SDK. It keeps
// what it is told. Tests only.

import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'

export type ToldSpan = {
  readonly tracer: string
  readonly name: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly startTime: number | undefined
  /** The name of the parent span; the caller's own words if the parent came from outside. */
  readonly parent: string | undefined
  ended: boolean
  failed: boolean
}

type Context = {
  readonly getValue: (key: symbol) => unknown
  readonly setValue: (key: symbol, value: unknown) => Context
}
type Api = {
  readonly ROOT_CONTEXT: Context
  readonly trace: {
    setGlobalTracerProvider: (provider: object) => void
    setSpan: (context: Context, span: object) => Context
    getSpan: (context: Context) => { name?: string } | undefined
    disable: () => void
  }
  readonly metrics: { setGlobalMeterProvider: (provider: object) => void; disable: () => void }
  readonly context: { setGlobalContextManager: (manager: object) => void; disable: () => void }
  readonly propagation: { setGlobalPropagator: (propagator: object) => void; disable: () => void }
}

const api: Api = createRequire(import.meta.url)('next/dist/compiled/@opentelemetry/api')

/** @param fails - Makes each call of the provider throw. */
export function registerTelemetry(fails = false) {
  const storage = new AsyncLocalStorage<Context>()
  const active = (): Context => storage.getStore() ?? api.ROOT_CONTEXT
  const spans: ToldSpan[] = []
  const counts: Record<string, number> = {}
  const fail = (): void => {
    if (fails) throw new Error('the exporter is broken')
  }
  const getTracer = (tracer: string): object => ({
    startSpan(name: string, { attributes, startTime }: Pick<ToldSpan, 'attributes' | 'startTime'>, context = active()) {
      fail()
      const span: ToldSpan = {
        tracer,
        name,
        attributes,
        startTime,
        parent: api.trace.getSpan(context)?.name,
        ended: false,
        failed: false,
      }
      spans.push(span)
      return {
        end: () => (fail(), (span.ended = true)),
        setStatus: ({ code }: { code: number }) => (span.failed = code === 2),
      }
    },
  })
  const getMeter = (): object => ({
    createCounter: (name: string) => ({
      add(count: number, attributes: object) {
        fail()
        const key = [name, ...Object.values(attributes)].join(' ')
        counts[key] = (counts[key] ?? 0) + count
      },
    }),
  })
  api.context.setGlobalContextManager({ active, with: storage.run.bind(storage), enable() {}, disable() {} })
  api.trace.setGlobalTracerProvider({ getTracer })
  api.metrics.setGlobalMeterProvider({ getMeter })
  api.propagation.setGlobalPropagator({
    inject() {},
    fields: () => [],
    extract: (context: Context, carrier: object, { get }: { get: (carrier: object, name: string) => unknown }) => {
      const said = get(carrier, 'traceparent')
      return said === undefined ? context : api.trace.setSpan(context, { name: said })
    },
  })
  return {
    spans,
    counts,
    /** Runs with a span of this name as the active one, as Next runs its own handler. */
    within: <T>(name: string, work: () => T): T => storage.run(api.trace.setSpan(active(), { name }), work),
    [Symbol.dispose]() {
      for (const part of [api.trace, api.metrics, api.context, api.propagation]) part.disable()
    },
  }
}
