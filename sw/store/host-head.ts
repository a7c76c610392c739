// Puts the security headers that a page has from the network into its record. Whatever stands before the app (a server of one's own, nginx, a
// CDN) may add some, and the build knows none of them.
//
//   must change the very record that was shown: another one in its place has been asked for by itself;
//   must keep off its shell a page with a header of one answer and, where the host adds some, a page that was not seen yet (marks.ts);
//   must ask for nothing: what is learned comes with answers that are asked for in any case.

import { hasNonce, isSecurityHeader } from '../../protocol/build/host-headers.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { HeaderList } from '../../protocol/record/record.ts'
import { isUnseen, type StoredRecord } from '../../protocol/record/stored.ts'
import { readMarks, writeMarks } from './marks.ts'
import { reading, writing } from './transaction.ts'

type Answer = {
  readonly headers?: Headers
  readonly ok?: boolean
  /** A response has none. */
  readonly kind?: string
}

/**
 * What the worker's own script says before any page was seen: it lies where the pages lie, behind all that stands before them. Where it has
 * a security header that is not of `next.config`, the host adds some. Never rejects.
 *
 * @param script - What answered for it; without one the safe side is chosen.
 */
export async function noteHost(
  script: Response | undefined,
  { scriptHeaders }: Pick<WorkerConfig, 'scriptHeaders'>,
): Promise<void> {
  const own = scriptHeaders.map(String)
  const isAdded = (header: HeaderList[number]): boolean => isStrict(header) && !own.includes(String(header))
  const said = script?.ok ? [...script.headers].some(isAdded) : undefined
  await writing(async (tables) => {
    const marks = await readMarks(tables)
    await writeMarks(tables, { ...marks, hostAdds: said ?? marks.hostAdds ?? true })
  }).catch(() => {})
}

/** Never rejects. @param answer - The network's for the record's page; one without `headers`, or not `ok`, says nothing. */
export async function learnHead(known: StoredRecord, { headers: answered, ok = true }: Answer): Promise<void> {
  const seen = answered && ok && [...answered].filter(isStrict)
  if (!seen) return
  const isSeen = !seen.some(hasNonce)
  const isChanged = textOf(seen) !== textOf(known.headers)
  const at: [string, string] = [known.buildId, known.key]
  const headers = [...known.headers.filter((header) => !isStrict(header)), ...seen]
  try {
    // Most hosts add nothing: their visits write nothing.
    if (!isChanged && isSeen === !isUnseen(known, await reading(readMarks))) return
    await writing(async (tables) => {
      const { records, uses } = tables
      const [marks, record, use] = await Promise.all([readMarks(tables), records.get(at), uses.get(at)])
      if (isChanged) await writeMarks(tables, { ...marks, hostAdds: true })
      if (record?.digest !== known.digest || !use) return
      await Promise.all([records.put({ ...record, headers, isSeen }, at), uses.put({ ...use, isSeen }, at)])
    })
  } catch {
    // It is learned from the next answer.
  }
}

function isStrict([name]: HeaderList[number]): boolean {
  return isSecurityHeader(name)
}

/** The same for the same headers, in whatever order. */
function textOf(headers: HeaderList): string {
  return String(headers.filter(isStrict).map(String).toSorted())
}
