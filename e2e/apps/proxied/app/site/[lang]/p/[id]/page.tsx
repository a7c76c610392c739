import { Suspense } from 'react'

type Params = Promise<{ lang: string; id: string }>

export const generateStaticParams = () => [{ lang: 'en', id: 'a' }]

export default function Page({ params }: { params: Params }) {
  return (
    <Suspense fallback={<i data-skeleton="id">…</i>}>
      <Named params={params} />
    </Suspense>
  )
}

async function Named({ params }: { params: Params }) {
  const { lang, id } = await params
  return (
    <h1>
      {lang} {id}
    </h1>
  )
}
