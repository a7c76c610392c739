// Copies the security headers of the network's response into the page's record. Whatever is in front of the app (a custom server, nginx, a
// CDN) may add headers that the build does not know.
//
//   must change only the record that was shown: a record that has replaced it was requested by itself;
//   must keep a page off its shell if a header holds for one response only, or if the host adds some and no response was seen (isUnseen);
//   must send no request of its own: it learns from responses that are requested anyway.

import { hasNonce, isSecurityHeader } from '../../protocol/build/host-headers.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { HeaderList } from '../../protocol/record/record.ts'
import { isUnseen, type StoredRecord } from '../../protocol/record/stored.ts'
import { readMarks, writeMarks } from './marks.ts'
import { reading, writing } from './transaction.ts'

type Answer = {
  readonly headers?: Headers
  readonly ok?: boolean
  /** A `Response` has none. */
  readonly kind?: string
}

/**
 * Learns from the worker's own script, before any page was seen: the script passes the same servers as the pages. If it has a security
 * header that is not from `next.config`, the host adds headers. Never rejects.
 *
 * @param script - The response for the script. Without one, and with nothing learned before, the host counts as adding headers.
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

/** Never rejects. @param answer - The network's, for the record's page. Without `headers`, or if it is not `ok`, it says nothing. */
export async function learnHead(known: StoredRecord, { headers: answered, ok = true }: Answer): Promise<void> {
  const seen = answered && ok && [...answered].filter(isStrict)
  if (!seen) return
  const isSeen = !seen.some(hasNonce)
  const isChanged = textOf(seen) !== textOf(known.headers)
  const at: [string, string] = [known.buildId, known.key]
  const headers = [...known.headers.filter((header) => !isStrict(header)), ...seen]
  try {
    // Most hosts add nothing: then a visit writes nothing.
    if (!isChanged && isSeen === !isUnseen(known, await reading(readMarks))) return
    await writing(async (tables) => {
      const { records, uses } = tables
      const [marks, record, use] = await Promise.all([readMarks(tables), records.get(at), uses.get(at)])
      if (isChanged) await writeMarks(tables, { ...marks, hostAdds: true })
      if (record?.digest !== known.digest || !use) return
      await Promise.all([records.put({ ...record, headers, isSeen }, at), uses.put({ ...use, isSeen }, at)])
    })
  } catch {
    // The next response will do.
  }
}

function isStrict([name]: HeaderList[number]): boolean {
  return isSecurityHeader(name)
}

/** Equal for equal headers, in any order. */
function textOf(headers: HeaderList): string {
  return String(headers.filter(isStrict).map(String).toSorted())
}
