import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameForSeconds } from '../../names'

/** Cached data, in the shell and in the hole, that becomes stale only by time. */
export default async function Timed() {
  return (
    <main>
      <h1>{await nameForSeconds('timed')}</h1>
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Hole />
      </Suspense>
    </main>
  )
}

async function Hole() {
  const name = await nameForSeconds('timed')
  await connection()
  return (
    <>
      <p data-testid="hole">filled</p>
      <p data-testid="cached">{name}</p>
    </>
  )
}
