// Checks whether shells can work for the given address at all, independent of the deployment.

import { LIMITS } from '../../protocol/build/limits.ts'
import { canonicalPath, compileRoutes, matchRoute } from '../../protocol/build/route-match.ts'
import { ask } from './ask.ts'
import type { Finding } from './checks.ts'
import type { FoundWorker } from './deployment.ts'

/** Undefined if the address can have a shell. */
export async function checkAddress(page: URL, worker: FoundWorker): Promise<Finding | undefined> {
  const message = await limitOf(page, worker)
  return message === undefined ? undefined : { name: 'address', status: 'warn', message }
}

async function limitOf(page: URL, { basePath, routes, trailingSlash }: FoundWorker): Promise<string | undefined> {
  const pathname = page.pathname.slice(basePath.length) || '/'
  const path = canonicalPath(pathname)
  if (path === undefined) return LIMITS.spelling
  if (matchRoute(compileRoutes(routes), path)?.mode === 'off') return LIMITS.off
  const isOtherForm = trailingSlash !== undefined && pathname !== '/' && pathname.endsWith('/') !== trailingSlash
  return isOtherForm && (await ask(page)).status === 200 ? LIMITS.slash : undefined
}
