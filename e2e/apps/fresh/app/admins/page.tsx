import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameOf } from '../../names'

/** Nothing of what it is about stands in the shell: that stays the same when the names change. */
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
  // Read before anything of the request: the prerender has it, and leaves it in the state.
  const name = await nameOf('admins')
  await connection()
  return <p data-testid="hole">{name}</p>
}
