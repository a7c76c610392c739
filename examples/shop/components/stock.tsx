import { liveStock } from '@/lib/live'
import type { Product } from '@/lib/products'
import { Filled, Hole } from './hole'

export function Stock({ product }: { readonly product: Product }) {
  return (
    <Hole name="stock" width="12ch">
      <Pieces product={product} />
    </Hole>
  )
}

async function Pieces({ product }: { readonly product: Product }) {
  const pieces = await liveStock(product)
  return <Filled name="stock">{pieces === 0 ? 'Made to order' : `${pieces} in stock`}</Filled>
}
