// Observes the response to a navigation: its outcome, and when its bytes passed.

import { outcomeIn } from '../../protocol/wire.ts'
import { deferred } from '../util/async.ts'
import { endingOf } from '../response/open-streams.ts'
import type { Answered, Notes } from './trace.ts'

export type WatchedAnswer = {
  /** The same answer. */
  readonly response: Promise<Response>
  /** Resolves when the last byte has passed, or the reader has gone. Never rejects. */
  readonly answered: Promise<Answered>
}

export function watchAnswer(
  { resultingClientId }: Pick<FetchEvent, 'resultingClientId'>,
  answer: Promise<Response>,
  notes: Notes,
): WatchedAnswer {
  const answered = deferred<Answered>()
  const end = async (outcome: Answered['outcome'], times: PassedTimes): Promise<void> =>
    answered.resolve({ outcome, ...times, endedAt: performance.now(), ending: await endingOf(resultingClientId) })
  const watch = async (): Promise<Response> => {
    try {
      const response = await answer
      const outcome = outcomeOf(response, notes)
      const times = { firstByteAt: performance.now(), firstHoleAt: undefined, lastHoleAt: undefined }
      if (outcome !== 'network' && response.body) {
        return new Response(
          watchBody(response.body, times, (passed) => void end(outcome, passed)),
          response,
        )
      }
      // A network response must keep its URL and its type, so its body is not watched.
      void end(outcome, times)
      return response
    } catch (error) {
      void end('failed', { firstByteAt: performance.now(), firstHoleAt: undefined, lastHoleAt: undefined })
      throw error
    }
  }
  return { response: watch(), answered: answered.promise }
}

function outcomeOf(response: Response, { reply }: Notes): Answered['outcome'] {
  const outcome = outcomeIn(response.headers.get('server-timing'))
  if (response.status === 503 && (outcome !== undefined || reply?.kind === 'failed' || reply?.kind === 'late'))
    return 'offline-page'
  return outcome ?? 'network'
}

type PassedTimes = Pick<Answered, 'firstByteAt' | 'firstHoleAt' | 'lastHoleAt'>

/** The same bytes, pulled at the reader's pace. The first chunk is the shell. */
function watchBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  start: PassedTimes,
  onEnd: (times: PassedTimes) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let times = start
  let pieces = 0
  return new ReadableStream({
    async pull(controller) {
      // Close it, never fail it: the stream must end as it would without the observer (response/splice.ts).
      const next = await reader.read().catch(() => undefined)
      if (!next || next.done) {
        onEnd(times)
        return controller.close()
      }
      const now = performance.now()
      if (++pieces > 1) times = { ...times, firstHoleAt: times.firstHoleAt ?? now, lastHoleAt: now }
      controller.enqueue(next.value)
    },
    cancel(reason) {
      onEnd(times)
      return reader.cancel(reason)
    },
  })
}
