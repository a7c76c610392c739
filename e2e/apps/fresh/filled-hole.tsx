import { connection } from 'next/server'
import { Suspense } from 'react'

/** A hole without a name: tests look only at the shell. */
export function FilledHole() {
  return (
    <Suspense fallback={<p data-skeleton>…</p>}>
      <Filled />
    </Suspense>
  )
}

async function Filled() {
  await connection()
  return <p data-testid="hole">filled</p>
}
