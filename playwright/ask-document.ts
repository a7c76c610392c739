// Runs a query in a page, and runs it again in the next document if a navigation destroys the first: the app redirects, or Playwright's
// `goBack()` resolves before its navigation ends because the old page calls `replaceState()`, as Next does when it hydrates.

/** The most documents that are asked. If more follow each other, the page is in a loop. */
const MOST_DOCUMENTS = 5

/** Before each retry Playwright waits for the next document. */
export async function askDocument<T>(ask: () => Promise<T>, documents: number = MOST_DOCUMENTS): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (documents <= 1 || !String(error).includes('Execution context was destroyed')) throw error
    return askDocument(ask, documents - 1)
  }
}
