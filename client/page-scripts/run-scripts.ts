// Runs Next's scripts while the document is still open. WebKit runs a document's async scripts only after its end (`timerFired` of its
// `ScriptRunner`, https://github.com/WebKit/WebKit/blob/main/Source/WebCore/dom/ScriptRunner.cpp; WebKitGTK 2.50), so React would start only
// after the last hole. Scripts that a script inserts run as soon as they are loaded. The worker sends this one inline, with what a page
// gets before its rest.
//
//   must run each script once: an original in another document no longer runs (HTML, "execute the script element", step 2);
//   must not delay the shell: it is painted first, however little text it has;
//   must leave nothing in the page;
//   must leave other engines alone, and scripts that are not Next's.

/** Milliseconds. A page that is not visible has no frames. */
const PAINT_MS = 100

/**
 * WebKit paints nothing of an open document that has fewer than 200 characters (`qualifiesAsVisuallyNonEmpty` of its `LocalFrameView`,
 * https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/LocalFrameView.cpp; WebKitGTK 2.50), and a shell may be all skeleton.
 */
const ENOUGH_TO_PAINT = 'x'.repeat(300)
/** Text that is not rendered does not count there. */
const UNSEEN = 'position:fixed;width:1px;height:1px;overflow:hidden;opacity:0'

// The network's page does not have it.
document.currentScript?.remove()
if (navigator.vendor.startsWith('Apple')) void untilPainted().then(runScripts)

async function untilPainted(): Promise<void> {
  const text = document.createElement('div')
  text.textContent = ENOUGH_TO_PAINT
  text.style.cssText = UNSEEN
  text.ariaHidden = 'true'
  document.body.append(text)
  await new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, PAINT_MS)
  })
  text.remove()
}

function runScripts(): void {
  // At the end of the document they run anyway. A tail that reloads the page hides its end behind a property (sw/response/tails.ts).
  if (Reflect.get(Document.prototype, 'readyState', document) !== 'loading') return
  const elsewhere = document.implementation.createHTMLDocument()
  for (const script of document.querySelectorAll<HTMLScriptElement>('script[async][src*="/_next/static/"]')) {
    script.after(copyOf(script))
    elsewhere.adoptNode(script)
  }
}

/** The same script without `async`, which is what WebKit waits for. */
function copyOf(script: HTMLScriptElement): HTMLScriptElement {
  const copy = document.createElement('script')
  for (const { name, value } of script.attributes) if (name !== 'async') copy.setAttribute(name, value)
  // A policy hides the attribute's value.
  copy.nonce = script.nonce
  // React finds scripts that are there by it.
  copy.addEventListener('load', () => copy.setAttribute('async', ''))
  return copy
}
