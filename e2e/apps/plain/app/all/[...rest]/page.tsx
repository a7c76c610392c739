import { Suspense } from 'react'

type Params = Promise<{ rest: string[] }>

export const generateStaticParams = () => [{ rest: ['x', 'y'] }]

export default function All({ params }: { params: Params }) {
  return (
    <Suspense fallback={<i data-skeleton="rest">…</i>}>
      <Rest params={params} />
    </Suspense>
  )
}

async function Rest({ params }: { params: Params }) {
  return <h1>{(await params).rest.join(' ')}</h1>
}
