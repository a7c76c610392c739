// Finds the late content of holes in HTML whose scripts did not run. React's server renderer (react-dom 19,
// `ReactDOMFizzInstructionSetShared.js`) writes a hole as a comment `$?`, an element `template` with an id `B:…`, the fallback, and a
// comment `/$`. Its content is in an element `S:…`, and a script calls `$RC("B:…","S:…")`. Part of the content may be in another element,
// for which `$RS("S:…","P:…")` names the place.

const CALL = /\$R([CRS])\("([^"]+)","([^"]+)"/g

/** The content of each hole, by the id of its place. Holes within a content are filled, as far as their own content is there. */
export function segmentsIn(content: DocumentFragment): ReadonlyMap<string, Element> {
  const segments = new Map<string, Element>()
  const find = (id: string): Element | undefined => content.querySelector(`[id="${CSS.escape(id)}"]`) ?? undefined
  for (const { textContent } of content.querySelectorAll('script')) {
    for (const [, call, first = '', second = ''] of (textContent ?? '').matchAll(CALL)) {
      const [placeId, segmentId] = call === 'S' ? [second, first] : [first, second]
      const segment = find(segmentId)
      if (!segment) continue
      const place = find(placeId)
      if (call === 'S') place?.replaceWith(...segment.childNodes)
      else if (place) {
        fillPlace(place, [...segment.childNodes])
        place.remove()
      } else segments.set(placeId, segment)
    }
  }
  return segments
}

/** Inserts nodes after the place of a hole, instead of its fallback. */
export function fillPlace(place: Element, nodes: readonly ChildNode[]): void {
  let within = 0
  let next = place.nextSibling
  while (next) {
    const after = next.nextSibling
    if (next.nodeType === Node.COMMENT_NODE) {
      const { nodeValue } = next
      if (nodeValue === '/$' || nodeValue === '/&') {
        if (within === 0) break
        within--
      } else if (nodeValue !== null && ['$', '$?', '$~', '$!', '&'].includes(nodeValue)) within++
    }
    next.remove()
    next = after
  }
  for (const node of nodes) place.parentNode?.insertBefore(node, next)
}
