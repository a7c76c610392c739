import { cacheLife } from 'next/cache'

import { Hole } from '../hole'

/** Shows a part of the data that it reads. The rest is in the postponed state and must be nowhere else. */
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
  // With the default lifetime, a test a quarter of an hour after the build would get a page rendered again, with other headers.
  cacheLife('max')
  return { title: 'Plan', apiKey: 'CANARY-OF-USE-CACHE-5f1c' }
}

/** The upstream runs only during the build (e2e/harness/builds/canary.ts). */
async function readUpstream(): Promise<{ title: string }> {
  const response = await fetch(process.env.CANARY_UPSTREAM ?? '', { cache: 'force-cache' })
  return response.json()
}
