// The notes of each navigation, started before anything else is done for it. To be called before any other listener is added.

import type { Notes } from './trace.ts'

/** The notes of the navigation that a request belongs to. */
export type NotesOf = (request: Request) => Notes

export function traceNavigations(scope: ServiceWorkerGlobalScope): NotesOf {
  const all = new WeakMap<Request, Notes>()
  // The first event is the one for which the browser started this worker.
  let isFresh = true
  const notesOf = (request: Request): Notes => {
    const notes: Notes = all.get(request) ?? {
      startedAt: isFresh ? 0 : undefined,
      receivedAt: performance.now(),
      isPreloaded: false,
      hadStaleHoles: false,
    }
    all.set(request, notes)
    return notes
  }
  for (const type of ['install', 'activate', 'message']) scope.addEventListener(type, () => (isFresh = false))
  scope.addEventListener('fetch', ({ request }) => {
    notesOf(request)
    isFresh = false
  })
  return notesOf
}
