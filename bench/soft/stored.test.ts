// Proves that only the pages of the links count as stored, each of them once.

import { expect, it } from 'vitest'

import { toStoredPosts } from './stored.ts'

it('counts posts, of whichever build, and no other page', () => {
  const others = ['/', '/small', '/links', '/posts/[slug]', '/posts', '/posts/post-1/more']
  expect(toStoredPosts([...others, '/posts/post-1', '/posts/post-60', '/posts/post-1'])).toBe(2)
  expect(toStoredPosts([])).toBe(0)
})
