// The small page, which notes its own frames: the other engines tell no script when an element was painted.

import { PageOf } from '../page-of'

/**
 * Notes the frames that show the lead, and what the hole shows this visit alone: the nonce of its cookie (hole.tsx). At the top, so that no
 * frame comes before it.
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
