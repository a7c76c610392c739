import { draftMode } from 'next/headers'
import { connection } from 'next/server'
import { Suspense } from 'react'

export default async function LivePost() {
  const { isEnabled } = await draftMode()
  return (
    <main>
      <h1>{isEnabled ? 'draft' : 'published'}</h1>
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
