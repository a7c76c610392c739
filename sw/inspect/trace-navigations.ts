// The notes of each navigation, begun before anything of it is awaited. To be called before anyone else listens.

import type { Notes } from './trace.ts'

/** The notes of the navigation that a request is of. */
export type NotesOf = (request: Request) => Notes

export function traceNavigations(scope: ServiceWorkerGlobalScope): NotesOf {
  const all = new WeakMap<Request, Notes>()
  // What the browser started this worker for is the first event that it hears.
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
