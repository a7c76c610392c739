import { cacheLife } from 'next/cache'
import { cookies } from 'next/headers'
import { Suspense } from 'react'

import { Hole } from '../../hole'
import { Act } from './act'

export const generateStaticParams = () => [{ slug: 'known' }]

/** A random number for each cache: it shows from which cache the page was rendered. It never expires by time. */
async function stamp(): Promise<number> {
  'use cache'
  cacheLife('max')
  return Math.random()
}

type Props = { readonly params: Promise<{ slug: string }> }

export default async function Page({ params }: Props) {
  return (
    <main>
      <h1>stamp</h1>
      <b data-stamp>{await stamp()}</b>
      <Suspense fallback={<i data-skeleton="slug">…</i>}>
        <Slug params={params} />
      </Suspense>
      <Hole>
        <Times />
      </Hole>
      <Act />
    </main>
  )
}

async function Slug({ params }: Props) {
  return <i>{(await params).slug}</i>
}

async function Times() {
  return <b data-hole="times">{(await cookies()).get('times')?.value ?? '0'}</b>
}
