'use client'

import { useState } from 'react'

import { act } from './actions'

export function Act() {
  const [said, setSaid] = useState('')
  return (
    <button type="button" data-testid="act" onClick={() => void act('x'.repeat(3000)).then(setSaid)}>
      act {said}
    </button>
  )
}
