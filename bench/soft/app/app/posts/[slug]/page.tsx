// The targets of the links: each has its own page, with one hole.

import { SLUGS } from '../../list'
import { PageOf } from '../../page-of'

/**
 * Notes the frames in which a document shows its heading and its hole, by a clock that all pages share: after a navigation the old page is
 * gone and cannot measure. Frames of a prerendered page do not count before the click.
 */
const NOTE_FRAMES = `(() => {
  const painted = (window.painted = {})
  const note = () => {
    const now = performance.timeOrigin + performance.now()
    if (document.querySelector('h2')) painted.shell ??= now
    if (document.querySelector('.hole p')?.textContent.includes('visitor')) painted.hole ??= now
    if (painted.hole === undefined) requestAnimationFrame(note)
  }
  const start = () => requestAnimationFrame(note)
  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true })
  else start()
})()`

export const generateStaticParams = () => SLUGS.map((slug) => ({ slug }))

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  return (
    <>
      <h2>About {(await params).slug}</h2>
      <PageOf paragraphs={4} />
      <script dangerouslySetInnerHTML={{ __html: NOTE_FRAMES }} />
    </>
  )
}
