'use client'

import { useState } from 'react'

export function Badge({ children }: { children: string }) {
  const [isSeen, setSeen] = useState(false)
  return (
    <button type="button" data-testid="badge" aria-pressed={isSeen} onClick={() => setSeen(true)}>
      {children}
    </button>
  )
}
