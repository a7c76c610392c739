'use client'

import { usePathname } from 'next/navigation'

export function Address() {
  return <h1>{usePathname()}</h1>
}
