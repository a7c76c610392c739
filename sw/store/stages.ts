// The static stage of a record's page lies in the record's own row: read with it, replaced with it, gone with it.

import type { StoredRecord } from '../../protocol/record/stored.ts'
import { writing } from './transaction.ts'

/** Puts a stage, or that there is none, beside the record that it is of; not where another one has taken its place. */
export function putStage({ buildId, key, digest }: StoredRecord, stage: StoredRecord['stage']): Promise<void> {
  return writing(async ({ records, uses }) => {
    const at: [string, string] = [buildId, key]
    const [record, use] = await Promise.all([records.get(at), uses.get(at)])
    if (record?.digest !== digest) return
    const bytes = bytesOf(stage) - bytesOf(record.stage)
    await Promise.all([
      records.put({ ...record, stage }, at),
      use && uses.put({ ...use, bytes: use.bytes + bytes }, at),
    ])
  })
}

export function bytesOf(stage: StoredRecord['stage']): number {
  return stage instanceof Uint8Array ? stage.length : 0
}
