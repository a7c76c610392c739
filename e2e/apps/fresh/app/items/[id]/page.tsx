import { Suspense } from 'react'

import { Item } from '../../../item'

export const generateStaticParams = () => [{ id: 'built' }]

export default function Page({ params }: { params: Promise<{ id: string }> }) {
  return (
    <Suspense fallback={<h1 data-skeleton>…</h1>}>
      <Named params={params} />
    </Suspense>
  )
}

async function Named({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <Item id={id} />
}
