import type { Metadata } from 'next'
import Link from 'next/link'

import { Filled, Hole } from '@/components/hole'
import { changeQuantity, clearCart, removeLine } from '@/lib/actions'
import { readCart } from '@/lib/cart'
import { formatPrice, listProducts } from '@/lib/products'

export const metadata: Metadata = { title: 'Cart' }

export default function CartPage() {
  return (
    <>
      <h1>Your cart</h1>
      <Hole name="cart-lines" width="100%" height="9rem">
        <Lines />
      </Hole>
    </>
  )
}

async function Lines() {
  const [lines, products] = await Promise.all([readCart(), listProducts()])
  const known = lines.flatMap(({ slug, quantity }) => {
    const product = products.find((candidate) => candidate.slug === slug)
    return product ? [{ product, quantity }] : []
  })
  const total = known.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
  return (
    <Filled name="cart-lines">
      {known.length === 0 && (
        <>
          Nothing in it yet. <Link href="/products">Look around</Link>
        </>
      )}
      {known.map(({ product, quantity }) => (
        <form key={product.slug} action={changeQuantity} className="line">
          <input type="hidden" name="slug" value={product.slug} />
          <Link href={`/products/${product.slug}`}>{product.name}</Link>
          <button name="by" value="-1" aria-label={`One ${product.name} less`}>
            −
          </button>
          <output>{quantity}</output>
          <button name="by" value="1" aria-label={`One more ${product.name}`}>
            +
          </button>
          <span className="sum">{formatPrice(product.price * quantity)}</span>
          <button formAction={removeLine} aria-label={`Remove ${product.name}`}>
            Remove
          </button>
        </form>
      ))}
      {known.length > 0 && (
        <form action={clearCart} className="line">
          <strong>Total {formatPrice(total)}</strong>
          <button type="submit">Empty the cart</button>
        </form>
      )}
    </Filled>
  )
}
