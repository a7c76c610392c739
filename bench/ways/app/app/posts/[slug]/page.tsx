// A page for each slug: two that the build knows, and all others.

import { Suspense } from 'react'

import { PageOf } from '../../page-of'

export const generateStaticParams = () => [{ slug: 'first' }, { slug: 'second' }]

async function Slug({ params }: { params: Promise<{ slug: string }> }) {
  return <h2>About {(await params).slug}</h2>
}

export default function Page({ params }: { params: Promise<{ slug: string }> }) {
  return (
    <>
      <Suspense fallback={<h2>About …</h2>}>
        <Slug params={params} />
      </Suspense>
      <PageOf paragraphs={4} />
    </>
  )
}
