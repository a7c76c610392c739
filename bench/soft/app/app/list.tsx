// Sixty links, all in view, like a page of search results or a menu.

import Link from 'next/link'

import { Counter } from './counter'

export const SLUGS = Array.from({ length: 60 }, (_none, at) => `post-${at + 1}`)

export function List({ prefetch }: { readonly prefetch?: false }) {
  return (
    <>
      <h1>All posts</h1>
      <Counter />
      <p>
        {SLUGS.map((slug) => (
          <Link key={slug} href={`/posts/${slug}`} prefetch={prefetch} style={{ marginRight: '1ch' }}>
            {slug}
          </Link>
        ))}
      </p>
    </>
  )
}
