// What was missing on hosts other than `next start`, and the tests that fail without it (field-faults.ts).

import { EARLY_FAULTS } from './early-faults.ts'
import { RECORD_FAULTS } from './record-faults.ts'
import type { Shown } from './shown.ts'

export const HOST_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  'another adapter, alone': [
    { file: 'adapter-plugin/config/with-shell-cache.test.ts', title: 'replaces an adapter that %s names' },
    { file: 'adapter-plugin/composed.test.ts', title: 'runs both hooks with what they would have had' },
    { file: 'adapter-plugin/composed.test.ts', title: 'lets through what its %s throws, as the build’s own' },
  ],
  'another adapter, without our files': [
    { file: 'adapter-plugin/output/static-files.test.ts', title: 'names each of our files at its URL' },
    { file: 'e2e/specs/builds/extended.spec.ts', title: 'deploys every file that browsers ask for' },
  ],
  'a host without rewrites to static files': [
    { file: 'adapter-plugin/config/public-worker.test.ts', title: 'writes the copy before another adapter deploys' },
    { file: 'adapter-plugin/config/public-worker.test.ts', title: 'leaves no old copy behind %s' },
    { file: 'cli/doctor/doctor.test.ts', title: 'knows a host that serves no rewrite to a static file' },
    { file: 'e2e/specs/pages/apps.spec.ts', title: 'without the header for its scope' },
  ],
  'a runtime that publishes no requests': [
    { file: 'e2e/specs/hosts/runtimes.spec.ts', title: 'resumes under ${name}' },
  ],
  H8: [
    { file: 'e2e/specs/hosts/host-headers.spec.ts', title: 'shows each page with what a server of one’s own adds' },
    { file: 'e2e/specs/hosts/host-headers.spec.ts', title: 'shows each page with what nginx adds to it' },
    { file: 'sw/store/host-head.test.ts', title: 'takes what the host adds and changes, and waits with every page' },
    { file: 'sw/store/host-head.test.ts', title: 'before a page was seen, goes by the worker’s script' },
    { file: 'sw/store/host-head.test.ts', title: 'never shows at once what has a header of one answer' },
    { file: 'origin/answer/host-headers.test.ts', title: 'says with the answer for a record which security headers' },
    { file: 'cli/doctor/check-headers.test.ts', title: 'says which header differs from response to response' },
  ],
  H11: [
    { file: 'origin/answer/respond.test.ts', title: 'leaves no %s on half a page, and says what it was' },
    { file: 'e2e/specs/hosts/in-front.spec.ts', title: 'gives a visitor without a worker the whole page' },
    { file: 'e2e/specs/hosts/in-front.spec.ts', title: 'has no visitor’s page, no record and no rest of a page' },
  ],
  K15: [
    { file: 'cli/doctor/check-guard.test.ts', title: 'says that %s is guarded' },
    { file: 'e2e/specs/tools/doctor.spec.ts', title: 'asks for a login' },
    { file: 'e2e/specs/hosts/in-front.spec.ts', title: 'shows a page behind a password to whom nginx lets through' },
    { file: 'e2e/specs/hosts/in-front.spec.ts', title: 'sends a visitor who is logged out where nginx does' },
  ],
  'a rest that cannot be decompressed': [
    { file: 'e2e/specs/transport/dictionary.spec.ts', title: 'reloads a page once if its rest cannot be decompressed' },
    { file: 'origin/answer/compressed.test.ts', title: 'compresses as always for a browser with %s' },
    { file: 'origin/answer/compressed.test.ts', title: 'has a dictionary where this Node compresses with one' },
  ],
  'a click before the answer for a prepared page': [
    {
      file: 'e2e/specs/transport/speculation.spec.ts',
      title: 'shows the shell of a prepared page if the click comes before the origin’s answer',
    },
    {
      file: 'sw/navigation/speculation.test.ts',
      title: 'shows the shell when a link is pressed before the origin has',
    },
    { file: 'sw/navigation/speculation.test.ts', title: 'shows nothing %s without the origin’s word' },
  ],
  'speculation rules that a policy forbids': [
    { file: 'e2e/specs/transport/speculation-limits.spec.ts', title: 'tries nothing that the page’s policy forbids' },
    { file: 'e2e/specs/transport/speculation-limits.spec.ts', title: 'knows of a policy in the page what the browser' },
    { file: 'protocol/page/rules-policy.test.ts', title: 'says %s for %s' },
  ],
  'a slow network, with a copy': [
    {
      file: 'e2e/specs/no-network/slow-network.spec.ts',
      title: 'shows what holes showed before, but nothing that acts',
    },
    { file: 'e2e/specs/no-network/slow-network.spec.ts', title: 'shows nothing of before once this browser has heard' },
    { file: 'sw/copies/stale-holes.test.ts', title: 'sends no word of a copy once the rest has begun' },
  ],
  'a copy of another visitor’s session after a logout': [
    { file: 'e2e/specs/no-network/copies.spec.ts', title: 'shows nothing of a visitor’s session after their logout' },
    { file: 'sw/copies/copies.test.ts', title: 'goes when this browser asks for what may log its visitor out' },
    { file: 'sw/routing/static-routes.test.ts', title: 'has the worker hear of a logout' },
    { file: 'sw/routing/routes.test.ts', title: 'gives the next visitor no page that was kept for a reload' },
  ],
  'a quota that is exceeded in the middle of a copy': [
    { file: 'sw/copies/copies.test.ts', title: 'is lost whole if the quota is exceeded in the middle of it' },
  ],
  'Save-Data while a page is open': [
    { file: 'e2e/specs/transport/speculation-limits.spec.ts', title: 'takes its rules away if the connection begins' },
  ],
  'a beacon of a page that is left': [
    { file: 'sw/routing/static-routes.test.ts', title: 'lets beacons past the worker, but for those' },
  ],
  E28: [
    { file: 'sw/response/reloads.test.ts', title: 'gives a page to the reload that it is kept for, once' },
    {
      file: 'e2e/specs/workers/ladder-deploys.spec.ts',
      title: 'E28 asks for one document after each of three deploys, and shows the new build’s shell',
    },
    { file: 'origin/answer/preload.test.ts', title: 'names its build to a worker of another one' },
    { file: 'sw/transport/other-build.test.ts', title: 'hears of another build from the page that a preload brings' },
    { file: 'sw/transport/other-build.test.ts', title: 'knows of a deploy that it was not told of' },
    {
      file: 'e2e/specs/workers/deploy.spec.ts',
      title: 'looks for the new build’s worker at once, and asks for documents',
    },
    { file: 'sw/transport/other-build.test.ts', title: 'looks for a newer worker when a page has loaded' },
    { file: 'sw/transport/other-build.test.ts', title: 'asks for the document alone while it is outdated' },
  ],
  'prefix, after a page has changed': [
    {
      file: 'e2e/specs/transport/prefix.spec.ts',
      title: 'shows a page from its new shell after one reload, each time it has changed',
    },
    { file: 'e2e/specs/transport/prefix.spec.ts', title: 'shows a page without holes anew once' },
    { file: 'sw/refresh/learn-shell.test.ts', title: 'learns nothing from a document that %s' },
  ],
  'prefix, on a host that makes pages for each visitor': [
    { file: 'e2e/specs/transport/prefix-strangers.spec.ts', title: 'stores nothing of a page that is not' },
    { file: 'sw/refresh/learn-shell.test.ts', title: 'learns nothing from a document that differs %s' },
  ],
  'prefix, while Next serves the build’s page once more': [
    { file: 'e2e/specs/transport/prefix.spec.ts', title: 'waits for a page to be the same with and without cookies' },
    { file: 'sw/refresh/learn-shell.test.ts', title: 'tries once more for each change' },
  ],
  'two builds that answer in turn': [
    { file: 'e2e/specs/hosts/rolling.spec.ts', title: 'worker’s script, while two builds answer in turn' },
  ],
  ...EARLY_FAULTS,
  ...RECORD_FAULTS,
}
