// The front server for OpenNext's server function, by the `behaviors` of its open-next.output.json: static files from a store, with the
// headers that its documentation sets there, and everything else from the function.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { type Answer, isFile, passOn, sendFile } from './front.ts'

export const OPEN_NEXT_CONFIG = `export default {
  default: {
    override: {
      wrapper: 'node',
      converter: 'node',
      incrementalCache: 'fs-dev',
      queue: 'direct',
      tagCache: 'fs-dev-nextMode',
    },
  },
  imageOptimization: { override: { wrapper: 'dummy', converter: 'dummy' }, loader: 'fs-dev' },
  buildCommand: 'npx --no-install next build',
}
`

type Behavior = { readonly pattern: string; readonly origin: string }

export async function answerFromOpenNext(app: string, port: number): Promise<Answer> {
  const text = await readFile(join(app, '.open-next', 'open-next.output.json'), 'utf8')
  const { behaviors }: { behaviors: readonly Behavior[] } = JSON.parse(text)
  return (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
    const path = decodeURIComponent(pathname).slice(1)
    const file = join(app, '.open-next', 'assets', path)
    if (originOf(behaviors, path) !== 's3') return passOn(incoming, outgoing, port)
    if (!isFile(file)) return void outgoing.writeHead(404).end()
    const isVersioned = path.startsWith('_next/')
    const cached = isVersioned
      ? 'public,max-age=31536000,immutable'
      : 'public,max-age=0,s-maxage=31536000,must-revalidate'
    return sendFile(outgoing, file, { 'cache-control': cached })
  }
}

/** The behavior with the longest matching pattern counts. */
export function originOf(behaviors: readonly Behavior[], path: string): string | undefined {
  const named = behaviors.filter(({ pattern }) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern,
  )
  return named.toSorted((a, b) => b.pattern.length - a.pattern.length)[0]?.origin
}
