// Reads the manifest that the adapter has left on the server's disk. A file of another version or form is declined, with the place that
// is wrong: an origin that guesses could resume a page for someone who must not see it.

import * as v from 'valibot'

import { asDigest, type Digest } from '../../protocol/digest.ts'
import { ORIGIN_MANIFEST_VERSION, type OriginManifest } from '../../protocol/build/origin-manifest.ts'

/** `reason` follows the name of the file in a sentence. */
export type ParsedOriginManifest =
  | { readonly ok: true; readonly manifest: OriginManifest }
  | { readonly ok: false; readonly reason: string }

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const ROUTE = v.object({
  pattern: v.string(),
  mode: v.picklist(['instant', 'gated', 'off']),
  route: v.string(),
  isFinal: v.exactOptional(v.boolean()),
  except: v.exactOptional(v.array(v.string())),
})

const RECORD = v.object({
  key: v.string(),
  route: v.string(),
  digest: v.custom<Digest>((value) => asDigest(value) !== undefined),
  file: v.string(),
  tags: v.array(v.string()),
})

const MANIFEST = v.object({
  version: v.literal(ORIGIN_MANIFEST_VERSION),
  buildId: v.string(),
  builtAt: count,
  basePath: v.string(),
  hasOwnPageCache: v.exactOptional(v.boolean()),
  key: v.picklist(['SHELL_CACHE_SECRET', 'file']),
  routes: v.array(ROUTE),
  bypassFor: v.array(v.object({ header: v.string(), value: v.exactOptional(v.string()) })),
  actionBytes: v.exactOptional(count),
  records: v.array(RECORD),
  dictionary: v.exactOptional(v.string()),
})

export function parseOriginManifest(value: unknown): ParsedOriginManifest {
  const parsed = v.safeParse(MANIFEST, value, { abortEarly: true })
  if (parsed.success) return { ok: true, manifest: parsed.output }
  const [issue] = parsed.issues
  const place = v.getDotPath(issue)
  if (place === null) return { ok: false, reason: 'is not a JSON object' }
  return place === 'version'
    ? { ok: false, reason: `has version ${String(issue.input)}, this origin reads ${ORIGIN_MANIFEST_VERSION}` }
    : { ok: false, reason: `has a \`${place}\` of another form` }
}
