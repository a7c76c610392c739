'use client'

import { useState } from 'react'

/** Counts only where React runs: a shell that is painted but not hydrated stays at its number. */
export function Counter() {
  const [likes, setLikes] = useState(0)
  return (
    <button type="button" className="like" data-testid="counter" onClick={() => setLikes(likes + 1)}>
      ♥ <span>{likes}</span> likes
    </button>
  )
}
