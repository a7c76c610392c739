// The pages' layout. It has no links, whose prefetches would be in the figures, and an icon that costs no request.

import { Worker } from 'bench-worker'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'

import './look.css'

export const metadata: Metadata = { title: 'Tide tables', icons: { icon: 'data:,' } }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <main>{children}</main>
        <Worker />
      </body>
    </html>
  )
}
