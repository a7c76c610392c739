// For the tests of a page that has changed since the build: the page, the request for its record, the record in a response. Tests only.

import { decodeRecord } from '../protocol/record/record-codec.ts'
import { digestFor } from './test-app.ts'
import { findPage, type Found } from './test-next.ts'

export const NEWER: Found = {
  route: '/p/[slug]',
  params: { slug: 'a' },
  shell: '<html>newer',
  postponed: 'newer',
  entry: { cacheControl: { revalidate: 60, expire: 3600 } },
  headers: { link: '</font.woff2>; rel=preload', 'x-next-cache-tags': 'products,_N_T_/p/a' },
}
export const newer = digestFor('<html>newer', 'newer')
export const changed = (page: Found = NEWER) => ({ find: (path: string) => (path === '/p/a' ? page : findPage(path)) })

export async function recordOf(response: Response) {
  const decoded = decodeRecord(new Uint8Array(await response.arrayBuffer()))
  if (!decoded.ok) throw new Error(decoded.reason)
  return { ...decoded.record, segments: decoded.segments }
}
export const ask = (have?: string) => ({
  headers: { 'shell-cache-record': have ? `build-1; have=${have}` : 'build-1' },
})
