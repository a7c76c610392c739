import { cookies } from 'next/headers'
import { Suspense, type ReactNode } from 'react'

export function Hole({ children }: { children?: ReactNode }) {
  return <Suspense fallback={<i data-skeleton="hole">…</i>}>{children ?? <Visitor />}</Suspense>
}

async function Visitor() {
  return <b data-hole="visitor">{(await cookies()).get('visitor')?.value ?? 'nobody'}</b>
}
