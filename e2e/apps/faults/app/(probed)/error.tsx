'use client'

export default function Failed() {
  return <h1>That went wrong</h1>
}
