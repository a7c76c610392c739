// Sixty plain links: each click is a navigation. With our worker, if a page says so, the browser prepares the target of a link under the
// pointer.

import { Worker } from 'bench-worker'

import { Counter } from './counter'
import { SLUGS } from './list'

export function PlainList({ speculate }: { readonly speculate?: boolean | 'eager' | undefined }) {
  return (
    <>
      <h1>All posts</h1>
      <Counter />
      <p>
        {SLUGS.map((slug) => (
          <a key={slug} href={`/posts/${slug}`} style={{ marginRight: '1ch' }}>
            {slug}
          </a>
        ))}
      </p>
      <Worker speculate={speculate} />
    </>
  )
}
