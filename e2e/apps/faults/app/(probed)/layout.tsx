import type { ReactNode } from 'react'

/** Counts the documents of this tab, and what no visitor should see. It is an inline script because it must also run if only the shell
 * arrives. A frame of another site has no storage to count in. */
const PROBE = `if (self === top) {
  const seen = JSON.parse(sessionStorage.getItem('probe') ?? '{"documents":[],"rejections":[],"blanks":0}')
  const save = () => sessionStorage.setItem('probe', JSON.stringify(seen))
  const [{ serverTiming }] = performance.getEntriesByType('navigation')
  seen.documents.push(serverTiming?.find(({ name }) => name === 'shell')?.description ?? 'network')
  save()
  addEventListener('unhandledrejection', ({ reason }) => (
    seen.rejections.push({ document: seen.documents.length, reason: String(reason) }), save()
  ))
  let hasContent = false
  const look = () => {
    if (document.body?.innerText.trim()) hasContent = true
    else if (hasContent) seen.blanks++, save()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}`

export default function Probed({ children }: { children: ReactNode }) {
  return (
    <>
      <script dangerouslySetInnerHTML={{ __html: PROBE }} />
      <p data-testid="build">{process.env.FAULTS_BUILD}</p>
      {children}
    </>
  )
}
