// Marks each hole of the page when it is filled, for the page's report. A separate script that runs early: when the app's own code runs,
// the first holes may be filled already. Rendered only by <ShellCache onReport>, or in builds with an inspector (react.tsx).

import { HOLE_MARK } from '../measures.ts'
import { OPEN_HOLE } from '../open-holes.ts'

const observer = new MutationObserver((changes) => {
  for (const { removedNodes } of changes)
    for (const node of removedNodes) if (node instanceof Element && node.matches(OPEN_HOLE)) performance.mark(HOLE_MARK)
})
observer.observe(document, { childList: true, subtree: true })
// Holes that are still open then are filled when the network is back.
addEventListener('load', () => document.querySelector(OPEN_HOLE) ?? observer.disconnect())
