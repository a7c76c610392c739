// Marks each hole of the page when it is filled, for the page's report. A script of its own and early: the app's own code runs when the
// first holes may be filled already. Rendered by <ShellCache onReport> alone (react.tsx).

import { HOLE_MARK } from '../measures.ts'
import { OPEN_HOLE } from '../open-holes.ts'

const observer = new MutationObserver((changes) => {
  for (const { removedNodes } of changes)
    for (const node of removedNodes) if (node instanceof Element && node.matches(OPEN_HOLE)) performance.mark(HOLE_MARK)
})
observer.observe(document, { childList: true, subtree: true })
// What is open then is filled when there is a network again.
addEventListener('load', () => document.querySelector(OPEN_HOLE) ?? observer.disconnect())
