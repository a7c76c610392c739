import { notFound } from 'next/navigation'

import { Hole } from '../../hole'

export const generateStaticParams = () => [{ slug: 'one' }]

export default async function Page({ params }: { readonly params: Promise<{ slug: string }> }) {
  const { slug } = await params
  if (slug !== 'one') notFound()
  return (
    <main>
      <h1>{slug}</h1>
      <Hole />
    </main>
  )
}
