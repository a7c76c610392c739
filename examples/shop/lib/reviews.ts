// Reviews are kept in the memory of one server process. That is enough for an example, and a restart deletes them.

import { cacheLife, cacheTag } from 'next/cache'

export type Review = { readonly name: string; readonly text: string }

declare global {
  var shopReviews: Map<string, Review[]> | undefined
}

const store = (): Map<string, Review[]> => (globalThis.shopReviews ??= new Map())

export const reviewsTag = (slug: string): string => `reviews-${slug}`

export async function listReviews(slug: string): Promise<readonly Review[]> {
  'use cache'
  cacheLife('days')
  cacheTag(reviewsTag(slug))
  return store().get(slug) ?? []
}

export function addReview(slug: string, review: Review): void {
  store().set(slug, [review, ...(store().get(slug) ?? [])].slice(0, 20))
}
