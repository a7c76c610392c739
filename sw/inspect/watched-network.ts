// The ways to the network, with a note of the result of each request.

import type { Reply } from '../../protocol/page/inspection.ts'
import type { Refusal } from '../../protocol/verdict.ts'
import type { Network } from '../transport/plain.ts'
import type { Notes } from './trace.ts'
import type { NotesOf } from './trace-navigations.ts'

type Answer = { readonly kind: Reply | 'unreachable'; readonly reason?: Refusal }

export function watchedNetwork(network: Network, notesOf: NotesOf): Network {
  return {
    ...network,
    isAsked(request) {
      const isAsked = network.isAsked?.(request) ?? true
      if (!isAsked) notesOf(request).reply = { kind: 'unanswered', refusal: undefined, at: performance.now() }
      return isAsked
    },
    askForRest: (record, request, signal) =>
      noted(notesOf(request), signal, network.askForRest(record, request, signal), (answer) => answer),
    askForVerdict: (record, request, signal) =>
      noted(notesOf(request), signal, network.askForVerdict(record, request, signal), (answer) => answer),
    fetchPage: (request) =>
      noted(notesOf(request), undefined, network.fetchPage(request), ({ ok }) => ({ kind: ok ? 'document' : 'other' })),
  }
}

async function noted<T>(
  notes: Notes,
  signal: AbortSignal | undefined,
  asking: Promise<T>,
  toAnswer: (answer: T) => Answer,
): Promise<T> {
  const note = ({ kind, reason }: Answer): void => {
    notes.reply = { kind: kind === 'unreachable' ? 'failed' : kind, refusal: reason, at: performance.now() }
  }
  try {
    const answer = await asking
    note(toAnswer(answer))
    return answer
  } catch (error) {
    note({ kind: signal?.aborted ? 'late' : 'failed' })
    throw error
  }
}
