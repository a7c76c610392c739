// Generates the client components of the bench's shop front page, each a module of its own loaded by `next/dynamic`, so that the build has
// as many chunks as such pages have. Pure. They are not kept in the repository because they differ only in a number.

export const PARTS = 14

/** Bytes of text in each: the size of a carousel or a menu, uncompressed. */
const WEIGHT = 8_000

/** The files by their path in the app's folder. */
export function storefrontParts(): ReadonlyMap<string, string> {
  const numbers = Array.from({ length: PARTS }, (_none, at) => at + 1)
  const files = numbers.map((number) => [`app/storefront/part-${number}.tsx`, partOf(number)] as const)
  return new Map([...files, ['app/storefront/parts.tsx', allOf(numbers)]])
}

function partOf(number: number): string {
  // A text that a minifier can neither remove nor shorten.
  const words = Array.from({ length: WEIGHT / 10 }, (_none, at) =>
    ((at + 1) * number * 7919).toString(36).padEnd(9, 'x'),
  )
  return `'use client'
import { useState } from 'react'

const WORDS = '${words.join(' ')}'

export function Part() {
  const [at, setAt] = useState(0)
  return (
    <p onMouseEnter={() => setAt(at + 1)}>
      Part ${number}: {WORDS.slice(at * 10, at * 10 + 200)}
    </p>
  )
}
`
}

function allOf(numbers: readonly number[]): string {
  const imports = numbers.map(
    (number) => `const Part${number} = dynamic(() => import('./part-${number}').then(({ Part }) => Part))`,
  )
  return `'use client'
import dynamic from 'next/dynamic'

${imports.join('\n')}

export function Parts() {
  return <>${numbers.map((number) => `<Part${number} />`).join('')}</>
}
`
}
