import { connection } from 'next/server'

import { Hole } from '../../hole'

export default function Page() {
  return (
    <main>
      <h1>Throws</h1>
      <Hole>
        <Broken />
      </Hole>
    </main>
  )
}

async function Broken(): Promise<null> {
  await connection()
  throw new Error('broken on purpose')
}
