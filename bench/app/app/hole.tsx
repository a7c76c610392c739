// The only hole of a page. The cookie `bench=<nonce>.<milliseconds>` says which visit this is and how long the render takes, so that one
// build and one address serve every cell. The nonce proves which visit's render is on the screen, and the printed lines count the renders.

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
  // Printed at the start: a render that nothing waits for any more also counts.
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
