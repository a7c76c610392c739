import { setTimeout as pause } from 'node:timers/promises'
import { connection } from 'next/server'
import { Suspense } from 'react'

/** Slow enough for the server to end in the middle of a response. */
export default function Slow() {
  return (
    <main>
      <h1>Slow</h1>
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Hole />
      </Suspense>
    </main>
  )
}

async function Hole() {
  await connection()
  await pause(2000)
  return <p data-testid="hole">filled</p>
}
