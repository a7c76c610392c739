import { connection } from 'next/server'
import { Suspense } from 'react'

async function Time() {
  await connection()
  return <time>{new Date().toLocaleTimeString('en')}</time>
}

export default function Now() {
  return (
    <main>
      <h1>Now</h1>
      <Suspense fallback="…">
        <Time />
      </Suspense>
    </main>
  )
}
