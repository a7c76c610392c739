'use client'

import { ShellCache } from 'next-shell-cache/react'

/** Registers the worker, and sends one report for each page view. */
export function Reports() {
  // A beacon is sent even if the page is already gone, and nothing waits for it.
  return <ShellCache onReport={(report) => void navigator.sendBeacon('/reports', JSON.stringify(report))} />
}
