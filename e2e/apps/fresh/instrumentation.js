// A minimal OpenTelemetry setup of an app, enabled by FRESH_SPANS (e2e/specs/hosts/telemetry.spec.ts): each span that ends prints a line
// on the console. It uses the API in Next's own package, which has no types.

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs' && process.env.FRESH_SPANS !== undefined) {
    const { AsyncLocalStorage } = await import('node:async_hooks')
    printSpans(await import('next/dist/compiled/@opentelemetry/api'), new AsyncLocalStorage())
  }
}

function printSpans({ context, ROOT_CONTEXT, trace }, storage) {
  const active = () => storage.getStore() ?? ROOT_CONTEXT
  let count = 0
  const startSpan = (name, { attributes = {} } = {}, parent = active()) => {
    const spanId = String(++count)
    const traceId = trace.getSpanContext(parent)?.traceId ?? `trace-${spanId}`
    const told = { name, traceId, attributes }
    const span = {
      spanContext: () => ({ traceId, spanId, traceFlags: 1 }),
      isRecording: () => true,
      updateName: (other) => ((told.name = other), span),
      setAttribute: () => span,
      setAttributes: () => span,
      addEvent: () => span,
      addLink: () => span,
      setStatus: () => span,
      recordException() {},
      end: () => console.log(`span ${JSON.stringify(told)}`),
    }
    return span
  }
  const startActiveSpan = (name, ...rest) => {
    const work = rest.pop()
    const [options, parent = active()] = rest
    const span = startSpan(name, options, parent)
    return storage.run(trace.setSpan(parent, span), () => work(span))
  }
  context.setGlobalContextManager({
    active,
    with: (wanted, work, self, ...args) => storage.run(wanted, () => Reflect.apply(work, self, args)),
    bind:
      (wanted, target) =>
      (...args) =>
        storage.run(wanted, () => target(...args)),
    enable: () => {},
    disable: () => {},
  })
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan }) })
}
