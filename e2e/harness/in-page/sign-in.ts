// Answers the browser's own sign-in dialog for a test.

import type { BrowserContext, Page } from '@playwright/test'

/** Answers each dialog. @param password - Ada's; if undefined, the dialog is cancelled. @returns how often a dialog was opened. */
export async function signInWhenAsked(
  profile: BrowserContext,
  page: Page,
  password: () => string | undefined = () => 'secret',
): Promise<() => number> {
  const session = await profile.newCDPSession(page)
  let asked = 0
  session.on('Fetch.requestPaused', ({ requestId }) => void session.send('Fetch.continueRequest', { requestId }))
  session.on('Fetch.authRequired', ({ requestId }) => {
    asked++
    const given = password()
    const authChallengeResponse =
      given === undefined
        ? ({ response: 'CancelAuth' } as const)
        : ({ response: 'ProvideCredentials', username: 'ada', password: given } as const)
    void session.send('Fetch.continueWithAuth', { requestId, authChallengeResponse })
  })
  await session.send('Fetch.enable', { handleAuthRequests: true })
  return () => asked
}
