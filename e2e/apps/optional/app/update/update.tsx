'use client'

import { registerShellCache } from 'next-shell-cache/client'
import { UpdateNotice, useShellCache } from 'next-shell-cache/react'

/** Shows whether a new worker is waiting, and lets it take over. */
export function Update() {
  const { status } = useShellCache()
  const apply = async (): Promise<void> => {
    document.title = `applied ${await registerShellCache().applyUpdate()}`
  }
  const purge = async (): Promise<void> => {
    document.title = `purged ${await registerShellCache().purge()}`
  }
  return (
    <>
      <UpdateNotice />
      <p data-testid="status">{status}</p>
      <button type="button" data-testid="apply" onClick={() => void apply()}>
        Apply
      </button>
      <button type="button" data-testid="purge" onClick={() => void purge()}>
        Purge
      </button>
    </>
  )
}
