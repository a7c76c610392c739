import { setTimeout as pause } from 'node:timers/promises'
import { connection } from 'next/server'
import { Suspense } from 'react'

/** Long enough to lose its server in the middle. */
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
