// The one hole of a page. The cookie `bench=<nonce>.<milliseconds>` says who asks and how long the answer takes, so that one build
// and one address serve every cell. The nonce proves whose render is on the screen, and what is printed counts the renders.

import { cookies } from 'next/headers'
import { Suspense } from 'react'

import { HARBOURS } from './text'

export function Hole() {
  return (
    <Suspense fallback={<p className="hole">Asking the harbours…</p>}>
      <Tides />
    </Suspense>
  )
}

async function Tides() {
  const [nonce, pause] = ((await cookies()).get('bench')?.value ?? 'none.0').split('.')
  // At its start: a render that nobody waits for any more counts too.
  console.log(`render ${nonce}`)
  await new Promise((resolve) => setTimeout(resolve, Number(pause)))
  return (
    <section className="hole">
      <p {...{ elementtiming: 'hole' }}>Tides for visitor {nonce}</p>
      <ul>
        {HARBOURS.map((harbour, at) => (
          <li key={harbour}>
            <b>{harbour}</b> <i>{6 + (at % 12)}:15</i> high water, {3 + (at % 5)}.4 m, then falling until{' '}
            {(at % 12) + 12}:40
          </li>
        ))}
      </ul>
    </section>
  )
}
