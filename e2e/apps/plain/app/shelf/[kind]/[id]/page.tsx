// Two parameters, one of which the build knows: Next also prerenders a shell for all paths below it.

import { Suspense } from 'react'

type Params = Promise<{ kind: string; id: string }>

export const generateStaticParams = () => [{ kind: 'tools', id: 'saw' }]

export default function Shelf({ params }: { params: Params }) {
  return (
    <Suspense fallback={<i data-skeleton="shelf">…</i>}>
      <Named params={params} />
    </Suspense>
  )
}

async function Named({ params }: { params: Params }) {
  const { kind, id } = await params
  return (
    <h1>
      {kind} {id}
    </h1>
  )
}
