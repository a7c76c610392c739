import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameForSeconds } from '../../names'

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
  await connection()
  return <p data-testid="hole">filled</p>
}
