// A site in several languages. The default language has no prefix (proxy.ts).

import { Hole } from '../../hole'

export const generateStaticParams = () => [{ lang: 'en' }, { lang: 'de' }]

export default async function Page({ params }: { params: Promise<{ lang: string }> }) {
  return (
    <main>
      <h1>{(await params).lang}</h1>
      <Hole />
    </main>
  )
}
