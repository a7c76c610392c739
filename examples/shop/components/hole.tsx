// A hole of the page. Its fallback has the size of the final content, so that nothing moves.

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

/** Marks content that was rendered for this request. */
export async function Filled({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  await connection()
  return (
    <span data-hole={name} data-testid={name} data-nonce={crypto.randomUUID()}>
      {children}
    </span>
  )
}
