// Holes whose chunks exceed 4 KiB and resolve in parallel came out reordered elsewhere (opennextjs-cloudflare #1225).

import { connection } from 'next/server'

import { Hole } from '../hole'

export default function Large() {
  return ['a', 'b', 'c', 'd'].map((letter) => (
    <Hole key={letter}>
      <Part letter={letter} />
    </Hole>
  ))
}

async function Part({ letter }: { letter: string }) {
  await connection()
  return <p data-hole={letter}>{letter.repeat(12_000)}</p>
}
