import { Suspense } from 'react'

import { Hole } from './hole'

type Params = Promise<{ slug: string }>

/** The page of a dynamic route: its name is a hole of the fallback shell, and part of a concrete one. */
export function Named({ params }: { params: Params }) {
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
  return <h1>{decodeURIComponent((await params).slug)}</h1>
}
