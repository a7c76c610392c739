// Where the links lead: a page of its own for each of them, with one hole.

import { SLUGS } from '../../list'
import { PageOf } from '../../page-of'

export const generateStaticParams = () => SLUGS.map((slug) => ({ slug }))

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return (
    <>
      <h2>About {(await params).slug}</h2>
      <PageOf paragraphs={4} />
    </>
  )
}
