import { cacheLife } from 'next/cache'

import { Hole } from '../hole'

/** Shows a part of what it read; the rest is in the postponed state, and must be nowhere else. */
export default async function Page() {
  const plan = await readPlan()
  const upstream = await readUpstream()
  return (
    <main>
      <h1>
        {plan.title}, {upstream.title}
      </h1>
      <Hole />
    </main>
  )
}

async function readPlan() {
  'use cache'
  // By default the page would be rendered anew, with other headers, where a test runs a quarter of an hour after the build.
  cacheLife('max')
  return { title: 'Plan', apiKey: 'CANARY-OF-USE-CACHE-5f1c' }
}

/** The build has an upstream of its own (e2e/harness/builds/canary.ts). */
async function readUpstream(): Promise<{ title: string }> {
  const response = await fetch(process.env.CANARY_UPSTREAM ?? '', { cache: 'force-cache' })
  return response.json()
}
