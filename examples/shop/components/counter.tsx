'use client'

import { useState } from 'react'

/** Counts only when React runs: in a shell that is painted but not hydrated the number does not change. */
export function Counter() {
  const [likes, setLikes] = useState(0)
  return (
    <button type="button" className="like" data-testid="counter" onClick={() => setLikes(likes + 1)}>
      ♥ <span>{likes}</span> likes
    </button>
  )
}
