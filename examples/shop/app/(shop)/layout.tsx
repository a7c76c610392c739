import type { ReactNode } from 'react'

import { CartBadge } from '@/components/cart-badge'
import { Frame } from '@/components/frame'
import { Hole } from '@/components/hole'

export default function ShopLayout({ children }: { readonly children: ReactNode }) {
  const cart = (
    <Hole name="cart-badge" width="1ch" height="1em">
      <CartBadge />
    </Hole>
  )
  return <Frame cart={cart}>{children}</Frame>
}
