// The blog from Next's documentation. The parameter is read outside any <Suspense>, so the route has no fallback shell, and each path
// is prerendered at its first request.

import { notFound } from 'next/navigation'

import { Hole } from '../../hole'

export function generateStaticParams() {
  return [{ slug: 'one' }, { slug: 'two' }]
}

export default async function Post({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  if (slug.startsWith('nothing')) notFound()
  return (
    <main>
      <h1>{slug}</h1>
      {slug.startsWith('static') ? null : <Hole />}
    </main>
  )
}
