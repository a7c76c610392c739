// A CMS page, longer than a window, with a field that browsers restore. Of the paths that the build lists, `static-…` have no holes, and
// `gone-…` are no longer pages.

import { notFound } from 'next/navigation'
import { Suspense } from 'react'

import { Hole } from '../hole'

type Params = Promise<{ slug: string }>

export const generateStaticParams = () => [{ slug: 'listed' }, { slug: 'static-page' }]

export default function Page({ params }: { params: Params }) {
  return (
    <main>
      <Suspense fallback={<i data-skeleton="title">…</i>}>
        <Content params={params} />
      </Suspense>
      <input name="note" aria-label="Note" style={{ display: 'block', marginTop: '200vh' }} />
    </main>
  )
}

async function Content({ params }: { params: Params }) {
  const { slug } = await params
  if (slug.startsWith('gone')) notFound()
  return (
    <>
      <h1>{decodeURIComponent(slug)}</h1>
      {slug.startsWith('static') ? null : <Hole />}
    </>
  )
}
