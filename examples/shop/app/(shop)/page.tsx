import Link from 'next/link'

import { Counter } from '@/components/counter'
import { Filled, Hole } from '@/components/hole'
import { ProductCard } from '@/components/product-card'
import { liveOffer } from '@/lib/live'
import { listProducts } from '@/lib/products'

async function Offer() {
  const offer = await liveOffer(await listProducts())
  return (
    <Filled name="offer">
      {offer ? (
        <Link href={`/products/${offer.slug}`}>{offer.name}, this hour with free delivery</Link>
      ) : (
        'Nothing right now'
      )}
    </Filled>
  )
}

export default async function HomePage() {
  const products = await listProducts()
  return (
    <>
      <section className="hero" data-testid="hero">
        <h1>Made to last, there at once</h1>
        <p>
          Eight things for a quiet home. From your second visit on, this part of the page is there before the network
          answers.
        </p>
        <p className="offer">
          Today:{' '}
          <Hole name="offer" width="26ch">
            <Offer />
          </Hole>
        </p>
        <Counter />
      </section>
      <section aria-label="Featured" className="grid">
        {products.slice(0, 4).map((product) => (
          <ProductCard key={product.slug} product={product} />
        ))}
      </section>
    </>
  )
}
