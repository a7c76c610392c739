import { redirect } from 'next/navigation'
import { connection } from 'next/server'

import { Hole } from '../../hole'

export default function Page() {
  return (
    <main>
      <h1>Moved</h1>
      <Hole>
        <Elsewhere />
      </Hole>
    </main>
  )
}

async function Elsewhere(): Promise<null> {
  await connection()
  redirect('/whole')
}
