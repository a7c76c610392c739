import { notFound } from 'next/navigation'
import { Suspense } from 'react'

import { Counter } from '@/components/counter'
import { Filled, Hole } from '@/components/hole'
import { Picture } from '@/components/picture'
import { Stock } from '@/components/stock'
import { addToCart } from '@/lib/actions'
import { livePrice } from '@/lib/live'
import { findProduct, formatPrice, listProducts, type Product } from '@/lib/products'
import { Reviews } from './reviews'
import { ProductSkeleton } from './skeleton'

type Params = Promise<{ slug: string }>

/** The build prerenders four pages. The other products open from the shell of the route. */
export async function generateStaticParams(): Promise<{ slug: string }[]> {
  return (await listProducts()).slice(0, 4).map(({ slug }) => ({ slug }))
}

export default function ProductPage({ params }: { readonly params: Params }) {
  return (
    <>
      <Suspense fallback={<ProductSkeleton />}>
        <Details params={params} />
      </Suspense>
      <Counter />
    </>
  )
}

async function Details({ params }: { readonly params: Params }) {
  const { slug } = await params
  const product = await findProduct(slug)
  if (!product) notFound()
  return (
    <>
      <article className="product">
        <Picture product={product} />
        <div>
          <h1>{product.name}</h1>
          <p>{product.story}</p>
          <p className="price">
            <Hole name="price" width="7ch">
              <Price product={product} />
            </Hole>
          </p>
          <p className="quiet">
            <Stock product={product} />
          </p>
          <form action={addToCart}>
            <input type="hidden" name="slug" value={product.slug} />
            <button type="submit" className="primary" data-testid="add-to-cart">
              Add to cart
            </button>
          </form>
        </div>
      </article>
      <Reviews slug={product.slug} />
    </>
  )
}

async function Price({ product }: { readonly product: Product }) {
  return <Filled name="price">{formatPrice(await livePrice(product))}</Filled>
}
