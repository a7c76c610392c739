'use client'

import { type ShellCacheState, useShellCache } from 'next-shell-cache/react'

const WORDS: Readonly<Record<Exclude<ShellCacheState['status'], 'active'>, string>> = {
  unsupported: 'This browser has no service workers',
  disabled: 'Shell cache off',
  registering: 'Shell cache starting',
  waiting: 'A new version waits',
  error: 'Shell cache failed',
}

export function ShellStatus() {
  const state = useShellCache()
  const words = state.status === 'active' ? `${state.records} shells in this browser` : WORDS[state.status]
  return (
    <p
      className="status"
      data-testid="shell-status"
      data-status={state.status}
      data-offline={state.offline}
      role="status"
    >
      <span aria-hidden="true" className="dot" />
      {state.offline ? 'Opened without a network' : words}
    </p>
  )
}
