import { openStream } from '../../../../streams'

const encoder = new TextEncoder()

/** Endless streams: by a timer, like server-sent events; as fast as the client reads; or only after the client has disconnected. */
export async function GET(request: Request, { params }: { params: Promise<{ kind: string }> }): Promise<Response> {
  const { kind } = await params
  const close = openStream()
  if (kind === 'silent') {
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
    close()
    return new Response('late')
  }
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
  return new Response(kind === 'timer' ? timed(close) : pulled(close), { headers })
}

function timed(close: () => void): ReadableStream {
  let timer: NodeJS.Timeout
  return new ReadableStream({
    start(controller) {
      timer = setInterval(() => controller.enqueue(encoder.encode('data: tick\n\n')), 20)
    },
    cancel() {
      clearInterval(timer)
      close()
    },
  })
}

function pulled(close: () => void): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      controller.enqueue(new Uint8Array(1024))
    },
    cancel: close,
  })
}
