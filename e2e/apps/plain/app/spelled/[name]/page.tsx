import { Suspense } from 'react'

import { Hole } from '../../hole'
import { Address } from '../address'

export const generateStaticParams = () => [{ name: 'a+b' }]

/** The shell of a page shows its own address, which can be spelled in other ways. */
export default function Page() {
  return (
    <>
      <Suspense fallback={<i data-skeleton="address">…</i>}>
        <Address />
      </Suspense>
      <Hole />
    </>
  )
}
