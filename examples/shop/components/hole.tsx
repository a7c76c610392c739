// A hole of the page: what stands there before it is filled has the size of what comes, so that nothing moves.

import { connection } from 'next/server'
import { Suspense, type ReactNode } from 'react'

type HoleProps = {
  readonly name: string
  readonly width: string
  readonly height?: string
  readonly children: ReactNode
}

export function Hole({ name, width, height = '1.25em', children }: HoleProps) {
  return (
    <Suspense
      fallback={
        <span
          className="skeleton"
          data-skeleton={name}
          style={{ width, height }}
          role="img"
          aria-label={`Loading ${name}`}
        />
      }
    >
      {children}
    </Suspense>
  )
}

/** Marks what was rendered for this very request. */
export async function Filled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  await connection()
  return (
    <span data-hole={name} data-testid={name} data-nonce={crypto.randomUUID()}>
      {children}
    </span>
  )
}
