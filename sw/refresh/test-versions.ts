// The origin of the freshness model, which behaves as the origin's own tests show, with pages that name their version. Tests only.

import { type Digest, digestInput } from '../../protocol/digest.ts'
import { encodeRecord } from '../../protocol/record/record-codec.ts'
import type { ResumingRecord } from '../../protocol/record/record.ts'
import { segmentsInput } from '../../protocol/record/segments.ts'
import { toUtf8 } from '../../protocol/utf8.ts'
import { formatVerdict, type Verdict } from '../../protocol/verdict.ts'
import { hashOf } from '../util/record.ts'

export const PATHS = ['/', '/a'] as const
export type Path = (typeof PATHS)[number]
type Version = { readonly build: string; readonly path: Path; readonly number: number }

const shellOf = ({ build, path, number }: Version) => `<html>${build} ${path} ${number};`
const restOf = ({ build, path, number }: Version) => `rest of ${build} ${path} ${number}</body></html>`
const stateOf = (version: Version) => JSON.stringify(version)

const treeOf = ({ build, path, number }: Version) => `${build} ${path} ${number}`
export const segmentsOf = (version: Version) => new Map([['/_tree', toUtf8(treeOf(version))]])
export const PREFETCH = 'next-router-segment-prefetch'

async function digestOf(version: Version): Promise<Digest> {
  return hashOf(digestInput(toUtf8(shellOf(version)), toUtf8(stateOf(version))))
}

export async function recordOf(version: Version): Promise<ResumingRecord> {
  const shell = toUtf8(shellOf(version))
  return {
    kind: 'resuming',
    buildId: version.build,
    digest: await digestOf(version),
    shellHash: await hashOf(shell),
    key: version.path,
    route: version.path,
    status: 200,
    headers: [['content-type', 'text/html']],
    lifetime: { revalidate: undefined, expire: undefined },
    tags: [],
    shell,
    stateForm: 'sealed',
    // Instead of a seal: only the origin reads it.
    state: toUtf8(stateOf(version)),
    resumeHeaders: [],
    bootScript: undefined,
  }
}

/** Resumes only the current version or the one that a request carries, and only of its own build. */
export class Origin {
  build = 'build-1'
  readonly numbers: Record<Path, number> = { '/': 0, '/a': 0 }
  isDown = false

  current(path: Path): Version {
    return { build: this.build, path, number: this.numbers[path] }
  }

  /** Undefined if the request does not arrive. */
  async answer(request: Request): Promise<Response | undefined> {
    if (this.isDown) return undefined
    const path = new URL(request.url).pathname as Path
    const [resume, record] = [request.headers.get('shell-cache-resume'), request.headers.get('shell-cache-record')]
    if (request.headers.has('next-action')) {
      this.numbers[path]++
      return new Response('done', { headers: { 'x-action-revalidated': '1' } })
    }
    const now = this.current(path)
    const digest = await digestOf(now)
    if (resume !== null) return this.resume(now, digest, resume, await request.text())
    if (record !== null) return this.record(now, digest, record)
    if (request.headers.has(PREFETCH)) return new Response(treeOf(now))
    return html(shellOf(now) + restOf(now))
  }

  async resume(now: Version, current: Digest, asked: string, carried: string): Promise<Response> {
    const [build, digest] = asked.split('; shell=')
    if (build !== this.build) return html('', { kind: 'refused', reason: 'build' })
    const version: Version | undefined = digest === current ? now : carried === '' ? undefined : JSON.parse(carried)
    if (!version) return html('', { kind: 'refused', reason: 'unknown' })
    return html(restOf(version), { kind: 'resumed', digest: await digestOf(version), current, isStale: false })
  }

  async record(now: Version, digest: Digest, asked: string): Promise<Response> {
    const [build, have] = asked.split('; have=')
    if (build !== this.build) return html('', { kind: 'refused', reason: 'build' })
    const [named, hash] = have?.split('; segments=') ?? []
    const segments = segmentsOf(now)
    const hasAll = named === digest && (hash === undefined || hash === (await hashOf(segmentsInput(segments))))
    const frame = hasAll ? '' : encodeRecord(await recordOf(now), segments)
    return html(frame, { kind: 'recorded', digest, isStale: false })
  }
}

export function html(body: BodyInit, verdict?: Verdict): Response {
  const headers = new Headers({ 'content-type': 'text/html' })
  if (verdict) headers.set('shell-cache-verdict', formatVerdict(verdict))
  return new Response(body, { status: verdict?.kind === 'refused' ? 409 : 200, headers })
}
