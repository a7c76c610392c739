// The small page, which notes its own frames: other engines do not tell scripts when an element was painted.

import { PageOf } from '../page-of'

/**
 * Notes the frames in which the lead appears, and the text that the hole shows only in this visit, the nonce of the cookie (hole.tsx). It
 * is at the top of the page, so that no frame comes before it.
 */
const NOTE_FRAMES = `(() => {
  const painted = (window.painted = {})
  const nonce = /bench=(\\w+)/.exec(document.cookie)?.[1] ?? 'none'
  const note = (now) => {
    if (document.querySelector('.lead')) painted.shell ??= now
    if (document.querySelector('.hole p')?.textContent.includes(nonce)) painted.hole ??= now
    if (painted.hole === undefined) requestAnimationFrame(note)
  }
  requestAnimationFrame(note)
})()`

export default function Page() {
  return (
    <>
      <script dangerouslySetInnerHTML={{ __html: NOTE_FRAMES }} />
      <PageOf paragraphs={6} />
    </>
  )
}
