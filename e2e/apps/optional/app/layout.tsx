import type { ReactNode } from 'react'

import { Counter } from './counter'
import { Reported } from './reported'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Counter />
        <Reported />
      </body>
    </html>
  )
}
