import type { Metadata } from 'next'
import Link from 'next/link'

import { Filled, Hole } from '@/components/hole'
import { ProductCard } from '@/components/product-card'
import { Stock } from '@/components/stock'
import { listProducts } from '@/lib/products'

export const metadata: Metadata = { title: 'Products' }

type SearchParams = Promise<{ sort?: string | string[] }>

async function Cheapest({ searchParams }: { readonly searchParams: SearchParams }) {
  const { sort } = await searchParams
  const products = await listProducts()
  const by = sort === 'price' ? 'price' : 'name'
  const [first] = products.toSorted((a, b) => (by === 'price' ? a.price - b.price : a.name.localeCompare(b.name)))
  return (
    <Filled name="sorted">
      First by {by}: {first?.name}
    </Filled>
  )
}

export default async function ProductsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const products = await listProducts()
  return (
    <>
      <h1>Products</h1>
      <p className="row sorting">
        <Link href="/products">by name</Link>
        <Link href="/products?sort=price">by price</Link>
        <span>
          <Hole name="sorted" width="22ch">
            <Cheapest searchParams={searchParams} />
          </Hole>
        </span>
      </p>
      <section aria-label="All products" className="grid">
        {products.map((product) => (
          <ProductCard key={product.slug} product={product}>
            <Stock product={product} />
          </ProductCard>
        ))}
      </section>
    </>
  )
}
