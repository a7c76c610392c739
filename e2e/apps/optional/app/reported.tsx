'use client'

import { ShellCache } from 'next-shell-cache/react'

/** Reports each page view of a browser that has the cookie `reports`. */
export function Reported() {
  return (
    <ShellCache
      onReport={(report) =>
        void (document.cookie.includes('reports=') && navigator.sendBeacon('/reports', JSON.stringify(report)))
      }
    />
  )
}
