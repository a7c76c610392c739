import type { Metadata } from 'next'
import Image from 'next/image'

import { Counter } from '@/components/counter'
import { Frame } from '@/components/frame'

export const metadata: Metadata = { title: 'About' }

/** A page without holes: the whole document is stored in the visitor's browser. */
export default function AboutPage() {
  return (
    <Frame>
      <h1>About this shop</h1>
      <Image
        className="photo"
        src="/harbour.jpg"
        width={800}
        height={450}
        alt="A house on a hill above the harbour"
        loading="eager"
      />
      <p>
        There is no shop. It shows how a page can open from a shell that the browser already has, while the server
        renders only what changes: a price, a stock level, the number on your cart.
      </p>
      <p>This page has nothing that changes, so it comes whole from your browser, and works without a network.</p>
      <Counter />
    </Frame>
  )
}
