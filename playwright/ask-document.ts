// Asks a page, and the document that takes its place where a navigation takes the asked one away: an app's own redirect, or Playwright's
// `goBack()`, which ends before its navigation where the page that is left calls `replaceState()`, as Next does when it hydrates.

/** Documents that may be asked; where more follow each other, the page goes round in circles. */
const MOST_DOCUMENTS = 5

/** Playwright lets the next question wait until there is a document for it. */
export async function askDocument<T>(ask: () => Promise<T>, documents: number = MOST_DOCUMENTS): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (documents <= 1 || !String(error).includes('Execution context was destroyed')) throw error
    return askDocument(ask, documents - 1)
  }
}
