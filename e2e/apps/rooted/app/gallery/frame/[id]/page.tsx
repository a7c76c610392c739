import { Suspense } from 'react'

import { Frame } from '../frame'

/** Only the browser reads the parameter, so the route's shell has no holes. */
export default function Page() {
  return (
    <Suspense fallback={<i data-skeleton="frame">…</i>}>
      <Frame />
    </Suspense>
  )
}
