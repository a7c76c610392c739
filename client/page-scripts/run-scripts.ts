// Runs Next's scripts while the document is still open. WebKit runs a document's async scripts only after its end (`timerFired` of its
// `ScriptRunner`, https://github.com/WebKit/WebKit/blob/main/Source/WebCore/dom/ScriptRunner.cpp; WebKitGTK 2.50), so React would start only
// after the last hole. Scripts that a script inserts run as soon as they are loaded. The worker sends this one inline, with what a page
// gets before its rest.
//
//   must run each script once: an original in another document no longer runs (HTML, "execute the script element", step 2);
//   must not delay the shell: it is painted first;
//   must leave other engines alone, and scripts that are not Next's.

/** Milliseconds. WebKit paints no page with little in it (fewer than some 200 characters) while its document is open. */
const PAINT_MS = 100

// The network's page does not have it.
document.currentScript?.remove()
if (navigator.vendor.startsWith('Apple')) void untilPainted().then(runScripts)

function untilPainted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    setTimeout(resolve, PAINT_MS)
  })
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
