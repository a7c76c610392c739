'use client'

import { type ComponentType, useState } from 'react'

/** Loads more code when it is clicked. */
export function LoadLater() {
  const [state, setState] = useState<{ Late?: ComponentType; failed?: boolean }>({})
  const load = (): void =>
    void import('./later').then(
      ({ Later }) => setState({ Late: Later }),
      () => setState({ failed: true }),
    )
  return (
    <button type="button" data-testid="load" onClick={load}>
      {state.Late ? <state.Late /> : state.failed ? 'failed' : 'not yet'}
    </button>
  )
}
