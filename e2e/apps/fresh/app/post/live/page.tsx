import { draftMode } from 'next/headers'

import { FilledHole } from '../../../filled-hole'

export default async function LivePost() {
  const { isEnabled } = await draftMode()
  return (
    <main>
      <h1>{isEnabled ? 'draft' : 'published'}</h1>
      <FilledHole />
    </main>
  )
}
