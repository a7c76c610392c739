import type { Metadata } from 'next'
import Link from 'next/link'

import { Frame } from '@/components/frame'

export const metadata: Metadata = { title: 'Offline' }

/** Shown instead of pages that this browser has not stored (`offline` in next.config.ts). It has no holes, so that it is complete. */
export default function OfflinePage() {
  return (
    <Frame>
      <h1>Not without a network</h1>
      <p>
        This page is not on your device yet, and the shop does not answer. It opens by itself as soon as it does; until
        then there are <Link href="/products">all products</Link> and <Link href="/about">a word about the shop</Link>.
      </p>
    </Frame>
  )
}
