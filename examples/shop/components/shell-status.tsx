'use client'

import { useShellCache } from 'next-shell-cache/react'

const WORDS = {
  unsupported: 'This browser has no service workers',
  disabled: 'Shell cache off',
  registering: 'Shell cache starting',
  active: 'Shells in this browser',
  waiting: 'A new version waits',
  error: 'Shell cache failed',
} as const

export function ShellStatus() {
  const state = useShellCache()
  const count = state.status === 'active' ? `${state.records} ` : ''
  return (
    <p className="status" data-testid="shell-status" data-status={state.status} role="status">
      <span aria-hidden="true" className="dot" />
      {count}
      {count === '' ? WORDS[state.status] : 'shells in this browser'}
    </p>
  )
}
