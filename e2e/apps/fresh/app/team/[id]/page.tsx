import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameOf } from '../../../names'

/** Cached data that is both in the route's shell and in each path's own shell. */
export default async function Team({ params }: { params: Promise<{ id: string }> }) {
  return (
    <main>
      <h1>{await nameOf('team')}</h1>
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Member params={params} />
      </Suspense>
    </main>
  )
}

async function Member({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <>
      <h2>{id}</h2>
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Hole />
      </Suspense>
    </>
  )
}

async function Hole() {
  await connection()
  return <p data-testid="hole">{await nameOf('team')}</p>
}
