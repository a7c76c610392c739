'use client'

import { useParams } from 'next/navigation'

export function Frame() {
  return <h1>{useParams().id}</h1>
}
