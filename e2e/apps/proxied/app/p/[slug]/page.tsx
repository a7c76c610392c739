import { Suspense } from 'react'

import { Hole } from '../../hole'

export const generateStaticParams = () => [{ slug: 'a' }]

type Params = Promise<{ slug: string }>

export default function Page({ params }: { params: Params }) {
  return (
    <main>
      <Suspense fallback={<i data-skeleton="title">…</i>}>
        <Title params={params} />
      </Suspense>
      <Hole />
    </main>
  )
}

async function Title({ params }: { params: Params }) {
  return <h1>{(await params).slug}</h1>
}
