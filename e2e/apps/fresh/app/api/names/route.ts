import { revalidateTag } from 'next/cache'

import { rename } from '../../../names'

/** Renames for everybody: now, soon, or (`?quiet`) when the cache lifetime ends. `?tell` also informs the requesting browser. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const [id, name] = [searchParams.get('id') ?? '', searchParams.get('name') ?? '']
  rename(id, name)
  if (!searchParams.has('quiet')) revalidateTag(`name-${id}`, searchParams.has('now') ? { expire: 0 } : 'max')
  const tell = searchParams.get('tell')
  return new Response('renamed', tell === null ? {} : { headers: { 'shell-cache-invalidate': tell } })
}
