import Link from 'next/link'
import type { ReactNode } from 'react'

import type { Product } from '@/lib/products'
import { Picture } from './picture'

/** A product in a list. `children` is an optional last line. */
export function ProductCard({ product, children }: { readonly product: Product; readonly children?: ReactNode }) {
  return (
    <Link className="card" href={`/products/${product.slug}`} data-testid="product-card">
      <Picture product={product} />
      <strong>{product.name}</strong>
      <span className="quiet">{product.line}</span>
      {children && <span className="quiet">{children}</span>}
    </Link>
  )
}
