'use client'
// A client component of the shell. It marks the moment at which React has hydrated it.

import { useEffect, useState } from 'react'

export function Counter() {
  const [count, setCount] = useState(0)
  useEffect(() => void performance.mark('shell hydrated'), [])
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      Noted {count} times
    </button>
  )
}
