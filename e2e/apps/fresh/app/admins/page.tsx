import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameOf } from '../../names'

/** The shell has no names, so it stays the same when the names change. */
export default function Admins() {
  return (
    <main>
      <h1>Admins</h1>
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Hole />
      </Suspense>
    </main>
  )
}

async function Hole() {
  // Read before any request data: the prerender reads it and keeps it in the postponed state.
  const name = await nameOf('admins')
  await connection()
  return <p data-testid="hole">{name}</p>
}
