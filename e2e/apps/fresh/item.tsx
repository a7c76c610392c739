import { connection } from 'next/server'
import { Suspense } from 'react'

import { nameOf } from './names'
import { RenameForm } from './rename-form'

/** Shows a name in the shell and in the hole. If the two differ, shell and hole come from different states. */
export async function Item({ id }: { id: string }) {
  return (
    <main data-build={process.env.FRESH_BUILD}>
      <h1>{await nameOf(id)}</h1>
      <RenameForm id={id} />
      <Suspense fallback={<p data-skeleton>…</p>}>
        <Hole id={id} />
      </Suspense>
    </main>
  )
}

async function Hole({ id }: { id: string }) {
  await connection()
  return (
    <p data-testid="hole" data-build={process.env.FRESH_BUILD}>
      {await nameOf(id)}
    </p>
  )
}
