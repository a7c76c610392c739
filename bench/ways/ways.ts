// The ways in which a visitor reaches a page, one row of the table each. Data, read by lane.ts and table.ts.

export type Way = {
  readonly name: string
  /** The typed address, or the target of a link, a form or the history. */
  readonly path: string
  readonly by: 'address' | 'link' | 'form' | 'reload' | 'back' | 'forward' | 'tab'
  /** The visitor's final path, if it is not `path`. */
  readonly ends?: string
  /** What happens just before. */
  readonly before?: 'revalidation' | 'deploy' | 'worker stops'
  readonly isMember?: true
  /** The worker must ask the origin before it shows anything. */
  readonly isGated?: true
}

const typed = (name: string, path: string, more: Partial<Way> = {}): Way => ({ name, path, by: 'address', ...more })

export const WAYS: readonly Way[] = [
  typed('typed', '/small'),
  { name: 'link', path: '/small', by: 'link' },
  { name: 'form GET', path: '/small?sort=up', by: 'form' },
  { name: 'reload', path: '/small', by: 'reload' },
  { name: 'back', path: '/small', by: 'back' },
  { name: 'forward', path: '/small', by: 'forward' },
  { name: 'second tab', path: '/small', by: 'tab' },
  typed('redirect', '/moved', { ends: '/small' }),
  typed('404', '/nowhere'),
  typed('static', '/static'),
  typed('gated, let in', '/members', { isMember: true, isGated: true }),
  typed('gated, not let in', '/members', { ends: '/login', isGated: true }),
  typed('rewritten', '/alias'),
  typed('unlisted slug', '/posts/unlisted'),
  typed('query', '/small?page=2'),
  typed('worker cold', '/small', { before: 'worker stops' }),
  typed('after a revalidation', '/small', { before: 'revalidation' }),
  // Must be the last of a round: after it the other build serves.
  typed('after a deploy', '/small', { before: 'deploy' }),
]

/** The pages that a visitor has seen before anything is measured. */
export const SEEN: readonly string[] = ['/small', '/static', '/members', '/alias', '/posts/first', '/start']
