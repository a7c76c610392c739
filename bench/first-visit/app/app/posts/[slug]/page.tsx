// PAGES sets the number of these pages, all prerendered.

import { PageOf } from '../../page-of'

const PAGES = Number(process.env.PAGES)

export const generateStaticParams = () => Array.from({ length: PAGES }, (_none, at) => ({ slug: `post-${at + 1}` }))

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const number = Number((await params).slug.replace('post-', ''))
  return <PageOf paragraphs={4 + (number % 5)} />
}
