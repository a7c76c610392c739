import { draftMode } from 'next/headers'

export default async function Post() {
  const { isEnabled } = await draftMode()
  return (
    <main>
      <h1>{isEnabled ? 'draft' : 'published'}</h1>
    </main>
  )
}
