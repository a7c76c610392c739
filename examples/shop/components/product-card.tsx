import Link from 'next/link'

import type { Product } from '@/lib/products'
import { Picture } from './picture'

export function ProductCard({ product }: { readonly product: Product }) {
  return (
    <Link className="card" href={`/products/${product.slug}`} data-testid="product-card">
      <Picture product={product} />
      <strong>{product.name}</strong>
      <span className="quiet">{product.line}</span>
    </Link>
  )
}
