'use client'

import { ShellCache } from 'next-shell-cache/react'

/** The worker, and one report for each page view. */
export function Reports() {
  // A beacon is sent when the page is gone already, and nothing waits for it.
  return <ShellCache onReport={(report) => void navigator.sendBeacon('/reports', JSON.stringify(report))} />
}
