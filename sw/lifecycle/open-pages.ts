// The pages that are open while a worker installs. Their records are wanted first.

import { compileRoutes } from '../../protocol/build/route-match.ts'
import type { WorkerConfig } from '../../protocol/build/worker-config.ts'
import type { Page } from '../install/room.ts'
import { findKeys } from '../navigation/eligible.ts'

/** Never rejects. */
export async function openPages(
  { clients }: Pick<ServiceWorkerGlobalScope, 'clients'>,
  config: WorkerConfig,
): Promise<readonly Page[]> {
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true }).catch(() => [])
  return open.flatMap(({ url }) => pageAt(url, config))
}

/** The keys under which the record of a page is looked up. Empty if it has none. */
export function pageAt(url: string, config: WorkerConfig): readonly Page[] {
  const page = findKeys(new URL(url), config, compileRoutes(config.routes))
  return page?.mode === 'instant' ? [page.keys] : []
}
