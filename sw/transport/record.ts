// Asks the origin for the record of a guarded page, by POST to the page's own URL: the app's proxy sees the visitor's cookies
// and the page, and nothing is handed out past it. Called by gated.ts.

import { decodeRecord } from '../../protocol/record-codec.ts'
import type { ShellRecord } from '../../protocol/record.ts'
import { parseVerdict } from '../../protocol/verdict.ts'
import { formatRecordHeader, RECORD_HEADER, VERDICT_HEADER } from '../../protocol/wire.ts'
import { hashOf } from '../hash.ts'
import { postToPage } from './post.ts'

/** Rejects where there is none for this visitor, and where what came is not what the verdict names. */
export async function askForRecord(request: Request, buildId: string): Promise<ShellRecord> {
  const response = await postToPage(request, [[RECORD_HEADER, formatRecordHeader(buildId)]])
  const verdict = parseVerdict(response.headers.get(VERDICT_HEADER))
  const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
  if (verdict?.kind !== 'recorded' || !decoded.ok) throw new Error('no record')
  const { record } = decoded
  if (record.digest !== verdict.digest || record.buildId !== buildId) throw new Error('another record')
  if ((await hashOf(record.shell)) !== record.shellHash) throw new Error('the shell differs from its hash')
  return record
}
