'use client'

import { registerShellCache } from 'next-shell-cache/client'
import { useState } from 'react'

import { remember, renameNow, renameSoon } from './actions'

/** Buttons for tests. The form shows the state of the last action. */
export function RenameForm({ id }: { id: string }) {
  const [state, setState] = useState('idle')
  const run = (work: (name: string) => Promise<unknown>) => () => {
    setState('busy')
    void work(new URLSearchParams(location.search).get('to') ?? '').then(() => setState('done'))
  }
  return (
    <p>
      <button data-testid="now" onClick={run((name) => renameNow(id, name))} type="button">
        now
      </button>
      <button data-testid="soon" onClick={run((name) => renameSoon(id, name))} type="button">
        soon
      </button>
      <button data-testid="cookie" onClick={run(remember)} type="button">
        cookie
      </button>
      <button data-testid="tell" onClick={run(() => registerShellCache().refresh(`name-${id}`))} type="button">
        tell
      </button>
      <output data-testid="state">{state}</output>
    </p>
  )
}
