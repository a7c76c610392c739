// What follows a shell that is already on its way: the origin's resume, else the network's document. Called by navigate.ts.

import type { ResumingRecord } from '../../protocol/record.ts'
import { fetchDocument } from './document.ts'
import type { Rest } from './rest.ts'
import { resumeRecord } from './resume.ts'

/** Never rejects. `signal` aborts whichever request is under way. */
export async function continueShell(record: ResumingRecord, request: Request, signal: AbortSignal): Promise<Rest> {
  try {
    const answer = await resumeRecord(record, request, signal)
    if (answer.kind === 'resumed') return answer
  } catch {
    if (signal.aborted) return { kind: 'unreachable' }
  }
  return fetchDocument(request, signal)
}
