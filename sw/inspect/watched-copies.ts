// Copies, with a note for each navigation whose holes showed a copy while the network was slow.

import type { Copies, PageCopy } from '../navigation/context.ts'
import type { NotesOf } from './trace-navigations.ts'

export function watchedCopies(copies: Copies, notesOf: NotesOf): Copies {
  return (record, request) => {
    const copy = copies(record, request)
    const note = (): void => void (notesOf(request).hadStaleHoles = true)
    return copy && { ...copy, keep: (start) => watched(copy.keep(start), note) }
  }
}

function watched(start: ReturnType<PageCopy['keep']>, note: () => void): ReturnType<PageCopy['keep']> {
  const { meanwhile } = start
  if (!meanwhile) return start
  return {
    ...start,
    async meanwhile(rest) {
      const bytes = await meanwhile(rest)
      if (bytes) note()
      return bytes
    },
  }
}
