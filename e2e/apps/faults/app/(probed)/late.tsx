import { setTimeout as pause } from 'node:timers/promises'
import { Suspense } from 'react'

type Search = Promise<{ ms?: string }>

/** A hole with the delay that the query gives. */
export function Late({ search }: { search: Search }) {
  return (
    <Suspense fallback={<i data-skeleton="late">…</i>}>
      <Waiting search={search} />
    </Suspense>
  )
}

async function Waiting({ search }: { search: Search }) {
  const { ms = '0' } = await search
  await pause(Math.min(Number(ms) || 0, 20_000))
  return (
    <b data-hole="late" data-build={process.env.FAULTS_BUILD}>
      {'late '.repeat(200)}
    </b>
  )
}
