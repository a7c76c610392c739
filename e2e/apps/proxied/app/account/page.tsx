import { headers } from 'next/headers'

import { Hole } from '../hole'

export default function Page() {
  return (
    <main>
      <h1>account</h1>
      <Hole>
        <Member />
      </Hole>
    </main>
  )
}

async function Member() {
  return <b data-hole="member">{(await headers()).get('x-member') ?? 'no member'}</b>
}
