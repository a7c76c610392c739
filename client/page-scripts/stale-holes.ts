// Shows what a page's holes showed at the last visit until their content arrives (sw/copies/stale-holes.ts sends it). It replaces the
// fallback of an open hole, which React neither hydrates nor keeps: when the content arrives, React removes whatever is there.
//
//   must touch no hole that is filled, or about to be;
//   must show no form, and nothing else that acts: it would be out of date, and dead until React starts;
//   must mark each piece of it, so that an app can say what it is (`data-shell-cache-stale`: seconds since it was kept);
//   must show nothing if it fails: then the page waits, as any page does.

import { COPY_ATTRIBUTE } from '../../protocol/flight/bootstrap-script.ts'
import { fillPlace, segmentsIn } from './segments.ts'

const STALE_ATTRIBUTE = 'data-shell-cache-stale'
/** Elements that a visitor could use, or that would load or run a second time. */
const ACTING =
  'form,input,select,textarea,button,[contenteditable],[role="button"],iframe,object,embed,video,audio,dialog,canvas'
/** Elements that show nothing. */
const SILENT = 'script,link,meta,title,base,template,noscript'

const { currentScript } = document
if (currentScript) {
  try {
    showStale(currentScript.textContent ?? '', currentScript.getAttribute(COPY_ATTRIBUTE) ?? '')
  } catch {
    // A Trusted Types policy rejects our HTML.
  }
  // The text is no longer needed, and personal. The element stays: React may be about to walk past it.
  currentScript.textContent = ''
}

function showStale(json: string, seconds: string): void {
  const template = document.createElement('template')
  // HTML in a template neither runs nor loads anything.
  template.innerHTML = JSON.parse(json)
  for (const [id, segment] of segmentsIn(template.content)) {
    const place = document.getElementById(id)
    // Open: React has not yet started to fill it.
    const isOpen = place?.previousSibling?.nodeType === Node.COMMENT_NODE && place.previousSibling.nodeValue === '$?'
    if (place && isOpen && !isActing(segment)) show(place, segment, seconds)
  }
}

function isActing(segment: Element): boolean {
  return segment.querySelector(ACTING) !== null || [...segment.querySelectorAll('*')].some(isOfApp)
}

/** A custom element runs the app's code. */
function isOfApp({ localName }: Element): boolean {
  return localName.includes('-')
}

function show(place: Element, segment: Element, seconds: string): void {
  for (const silent of segment.querySelectorAll(SILENT)) silent.remove()
  // The real content has the same ids, and React looks it up by them.
  for (const named of segment.querySelectorAll('[id]')) named.removeAttribute('id')
  const nodes = [...segment.childNodes].flatMap(toMarked)
  if (nodes.length === 0) return
  for (const node of nodes)
    if (node instanceof Element) {
      node.setAttribute(STALE_ATTRIBUTE, seconds)
      node.setAttribute('aria-busy', 'true')
    }
  fillPlace(place, nodes)
}

/** A text node cannot have attributes, so it gets an element. */
function toMarked(node: ChildNode): ChildNode[] {
  if (node instanceof Element) return [node]
  if (!(node instanceof Text)) return []
  if (node.data.trim() === '') return [node]
  const span = document.createElement('span')
  span.textContent = node.data
  return [span]
}
