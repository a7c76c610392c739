import { notFound } from 'next/navigation'
import { connection } from 'next/server'

import { Hole } from '../../hole'

export default function Page() {
  return (
    <main>
      <h1>Missing</h1>
      <Hole>
        <Nothing />
      </Hole>
    </main>
  )
}

async function Nothing(): Promise<null> {
  await connection()
  notFound()
}
