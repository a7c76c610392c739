// The same links as plain ones: each click is a navigation. With our worker the browser prepares what is pointed at.

import { Worker } from 'bench-worker'

import { Counter } from '../counter'
import { SLUGS } from '../list'

export default function Page() {
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
      <Worker speculate />
    </>
  )
}
