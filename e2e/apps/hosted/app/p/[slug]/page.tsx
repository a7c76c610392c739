import { connection } from 'next/server'
import { Suspense } from 'react'

import { Counter } from './counter'

type Props = { readonly params: Promise<{ readonly slug: string }> }

async function Title({ params }: Props) {
  return <h1>Item {(await params).slug}</h1>
}

async function Stock() {
  await connection()
  return <output>In stock</output>
}

export function generateStaticParams() {
  return [{ slug: 'a' }]
}

export default function Item({ params }: Props) {
  return (
    <main>
      <Suspense fallback={<p data-skeleton>An item…</p>}>
        <Title params={params} />
      </Suspense>
      <Suspense fallback={<p data-skeleton>Stock…</p>}>
        <Stock />
      </Suspense>
      <Counter />
    </main>
  )
}
