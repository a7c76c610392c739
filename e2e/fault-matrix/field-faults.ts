// Every fault that was found in the field, by its number, with the tests that fail without its fix, each by its file and title.
// field-faults.test.ts checks that the tests exist.

import { HOST_FAULTS } from './host-faults.ts'
import type { Shown } from './shown.ts'
import { TRUST_FAULTS } from './trust-faults.ts'

const classified = (title: string): Shown => ({ file: 'adapter-plugin/pages/classify.test.ts', title })
const refused = (title: string): Shown => ({ file: 'e2e/specs/security/refused-work.spec.ts', title })
const planned = (title: string): Shown => ({ file: 'sw/install/plan.test.ts', title })
const rooted = (title: string): Shown => ({ file: 'e2e/specs/pages/rooted.spec.ts', title })
const current = (title: string): Shown => ({ file: 'origin/answer/current.test.ts', title })
const hostHeaders = (title: string): Shown => ({ file: 'origin/answer/host-headers.test.ts', title })
const offline = (title: string): Shown => ({ file: 'e2e/specs/no-network/addresses.spec.ts', title })
const without = (title: string): Shown => ({ file: 'e2e/specs/hosts/without-package.spec.ts', title })
const preloaded = (title: string): Shown => ({ file: 'origin/answer/preload.test.ts', title })

export const FIELD_FAULTS: Readonly<Record<string, readonly [Shown, ...Shown[]]>> = {
  A1: [
    { file: 'e2e/specs/workers/web-workers.spec.ts', title: 'runs an app’s web worker at the first visit' },
    { file: 'sw/routing/static-routes.test.ts', title: 'takes from the cache only what a document loads' },
  ],
  A2: [
    { file: 'e2e/specs/transport/challenges.spec.ts', title: 'opens the sign-in dialog for ' },
    { file: 'sw/routing/routes.test.ts', title: 'lets a navigation through after the server has asked for a password' },
  ],
  A3: [
    { file: 'e2e/specs/changes/draft.spec.ts', title: 'shows an editor the draft of ' },
    { file: 'e2e/specs/changes/draft.spec.ts', title: 'shows shells again if Next’s cookie is gone' },
    { file: 'sw/navigation/navigate.test.ts', title: 'for an editor in draft mode, and shows it again after' },
    { file: 'origin/next/draft-cookie.test.ts', title: 'follows %s' },
  ],
  A4: [
    classified('`htmlLimitedBots` that matches everything'),
    classified('is instant if `htmlLimitedBots` matches bots'),
  ],
  A5: [
    { file: 'sw/navigation/eligible.test.ts', title: 'takes %s for a page that may need the offline page' },
    { file: 'docs/limits.test.ts', title: 'says in troubleshooting: %s' },
    { file: 'adapter-plugin/report/build-report.test.ts', title: 'says once which limits the app meets' },
    { file: 'cli/doctor/doctor.test.ts', title: 'says which of two forms of an address has shells' },
  ],
  B7: [
    classified('takes no rule of our own for one of the app’s'),
    { file: 'adapter-plugin/pages/route-entries.test.ts', title: 'keeps the URLs of this package from every pattern' },
    rooted('from the shell of a pattern at the root'),
  ],
  B8: [
    {
      file: 'adapter-plugin/pages/rules/exceptions.test.ts',
      title: 'is instant beside %s that is for one of its paths',
    },
    { file: 'adapter-plugin/pages/route-entries.test.ts', title: 'leaves to a rule the paths that it is for' },
    rooted('leaves to the app’s own rules the paths that they are for'),
  ],
  D11: [
    preloaded('the browser has no shell under the address it asked for'),
    {
      file: 'e2e/specs/pages/renders.spec.ts',
      title: 'renders once at each visit, and the third from a shell if there is one: ',
    },
    rooted(', of which the build knows nothing, from the record of an earlier visit'),
    { file: 'origin/answer/rewritten.test.ts', title: 'hands out nothing of %s' },
    { file: 'adapter-plugin/pages/elsewhere.test.ts', title: 'waits for the server at an address that no page has' },
  ],
  D14: [
    rooted('reloads once, unseen, for a whole document that its route’s shell does not fit'),
    rooted('asks once at each visit to an unlisted slug that calls notFound(), ${name}'),
    { file: 'sw/response/misfits.test.ts', title: 'holds against a route’s shell the paths that it did not fit' },
    { file: 'sw/response/misfits.test.ts', title: 'holds a path against its shell in the next worker, too' },
    { file: 'sw/response/body.test.ts', title: '%s a route’s shell that does not fit a path' },
    { file: 'sw/response/tails.test.ts', title: 'shows nothing of what reloads the page behind a whole shell' },
  ],
  D12: [
    { file: 'e2e/specs/changes/stale-record.spec.ts', title: 'opens no shell that is past its `expire`' },
    { file: 'sw/util/record.test.ts', title: 'finds the same age by every clock that a browser may have' },
    {
      file: 'sw/navigation/find-record.test.ts',
      title: 'counts the expiry of a %s record from when it was made, not from its receipt',
    },
  ],
  D13: [
    { file: 'adapter-plugin/pages/segments.test.ts', title: 'and the router’s of one that a route can intercept' },
    { file: 'adapter-plugin/pages/headers.test.ts', title: 'varies a shell of %s if a route intercepts %s: %s' },
    { file: 'sw/routing/segments.test.ts', title: 'keeps from the router what a route of the app can intercept' },
    current('keeps from the router what the build has kept from it'),
    offline('starts the pages that it is for, and fills them when the server is back'),
  ],
  D15: [{ file: 'sw/navigation/gated.test.ts', title: 'shows the network’s page to a visitor who %s' }],
  D16: [
    { file: 'sw/install/install.test.ts', title: 'takes no copy of an asset from another tool’s cache' },
    { file: 'sw/routing/static-routes.test.ts', title: 'takes from the cache only what a document loads' },
  ],
  D17: [
    { file: 'client/page-scripts/spelling.test.ts', title: 'has %s as the shell has it, by %s' },
    offline('starts a page whose shell shows its address'),
  ],
  D19: [{ file: 'bench/storefront/storefront.test.ts', title: 'writes as many parts as it says' }],
  D18: [
    { file: 'e2e/specs/transport/preload.spec.ts', title: 'opens back and forward from the shell, and asks once' },
    { file: 'e2e/specs/failures/declined.spec.ts', title: 'asks once for back and forward' },
  ],
  C10: [
    { file: 'e2e/specs/workers/two-apps.spec.ts', title: 'shows each app’s own pages, online and offline' },
    { file: 'e2e/specs/workers/two-apps.spec.ts', title: 'deletes nothing that is the other app’s' },
    { file: 'sw/install/old-assets.test.ts', title: 'leaves the caches of another app on its origin' },
    {
      file: 'sw/store/former.test.ts',
      title: 'keeps invalidated what the visitor has changed, and leaves nothing of the former',
    },
    { file: 'seal/seal.test.ts', title: 'declines a seal for another %s' },
  ],
  E20: [
    {
      file: 'e2e/specs/workers/patient.spec.ts',
      title: 'says that a worker waits for as long as it does, in every tab',
    },
  ],
  E21: [
    { file: 'sw/store/budget.test.ts', title: 'keeps the offline page, then what was visited, then pages without' },
    planned('plans nothing that the budget would not keep, and the most worth first'),
    { file: 'cli/inspect.test.ts', title: 'prints the sum of the records, and fails if it is over the total' },
    planned('plans what was visited in an earlier build before all else'),
  ],
  E26: [
    { file: 'sw/lifecycle/messages.test.ts', title: 'fills an emptied store once for all pages that load together' },
    {
      file: 'e2e/specs/no-network/reconnect.spec.ts',
      title: 'asks by one tab for all whether the server answers again',
    },
  ],
  E27: [
    { file: 'adapter-plugin/pages/headers.test.ts', title: 'tells no cache to keep a route’s shell' },
    { file: 'adapter-plugin/output/worker/public-routes.test.ts', title: 'names no route handler below a name' },
    { file: 'origin/answer/preload.test.ts', title: 'sends the rest alone to anyone who has all' },
    offline('starts the pages that it is for, and fills them when the server is back'),
    without('answers every request with the headers that it has without the package'),
    without('stores each page with the headers that it has without the package'),
  ],
  B9: [
    { file: 'adapter-plugin/config/route-modes.test.ts', title: 'takes with %s the page %s' },
    { file: 'adapter-plugin/report/vouching.test.ts', title: 'suggests one line for all pages that a proxy gates' },
  ],
  A6: [rooted('takes each page load for a reload while a tool has disabled the browser’s cache')],
  E22: [
    { file: 'adapter-plugin/pages/without-shell.test.ts', title: 'is off, with a reason, %s' },
    current('makes a record of a visited path whose route has no shell, %s'),
    rooted('of which the build knows nothing, from the record of an earlier visit'),
  ],
  E23: [
    { file: 'sw/refresh/refresh.test.ts', title: 'until a fresh one is there' },
    { file: 'e2e/specs/changes/stale-record.spec.ts', title: 'leaves a page to the network from a stale record on' },
  ],
  E24: [
    { file: 'adapter-plugin/output/unregistered.test.ts', title: 'says that nothing registers the worker' },
    { file: 'cli/doctor/doctor.test.ts', title: 'says that the component was forgotten' },
    { file: 'e2e/specs/builds/config.spec.ts', title: 'says that `<ShellCache />` was forgotten' },
  ],
  E25: [
    { file: 'cli/doctor/doctor.test.ts', title: 'continues if no page has holes' },
    { file: 'e2e/specs/tools/doctor.spec.ts', title: 'continues if the page has no holes' },
    { file: 'e2e/specs/tools/doctor.spec.ts', title: 'says what is missing from a command' },
    { file: 'cli/doctor/checks.test.ts', title: 'a worker over plain HTTP' },
    { file: 'cli/inspect.test.ts', title: 'says once what is to be done about many pages' },
    { file: 'cli/inspect.test.ts', title: 'fails if a shell is over the budget that is given, and says which' },
    { file: 'cli/inspect.test.ts', title: 'a hole without a fallback' },
    { file: 'adapter-plugin/pages/offline/blank-holes.test.ts', title: 'counts in a shell with %s' },
    { file: 'adapter-plugin/output/files.test.ts', title: 'begins each name with a letter' },
    { file: 'adapter-plugin/config/next-config.test.ts', title: 'stops before the app is built' },
  ],
  F29: [
    planned('plans as much as there is room for, and in any case the page that is open'),
    { file: 'sw/install/plan.test.ts', title: 'plans less than the open page has cost, if the app says nothing' },
    { file: 'sw/install/later.test.ts', title: 'keeps what is there if Save-Data is switched on half way' },
    { file: 'sw/install/later.test.ts', title: 'downloads no more when the browser has no room left' },
    { file: 'sw/install/later.test.ts', title: 'never brings back what was deleted since' },
    {
      file: 'e2e/specs/pages/first-visit-bytes.spec.ts',
      title: 'downloads no more behind the page than the page itself',
    },
    { file: 'e2e/specs/pages/first-visit-bytes.spec.ts', title: 'stores the page that is open and the offline page' },
  ],
  F1: [
    refused('leaves no stream of a route handler open behind a refusal'),
    refused('asks no handler that no rule leads past'),
    refused('lets another host go behind a refusal'),
    { file: 'origin/answer/refused-work.test.ts', title: 'tells Next that the client has gone if it %s' },
  ],
  F2: [
    refused('leaves no stream open behind the refusals of a connection that no one reads'),
    refused('gives places back whatever becomes of the connection'),
    refused('takes no more of bodies that never end than it has room for'),
    {
      file: 'origin/answer/limits.test.ts',
      title: 'counts a render no longer that has ended, though its client reads nothing',
    },
    {
      file: 'origin/answer/limits.test.ts',
      title: 'closes a connection that keeps a render waiting past the deadline',
    },
  ],
  G7: [
    { file: 'e2e/specs/changes/freshness.spec.ts', title: 'shows what is new on a page without holes if no origin' },
    { file: 'e2e/specs/changes/preload-fresh.spec.ts', title: 'forgets a page without holes that the preload proves' },
    { file: 'sw/navigation/navigate.test.ts', title: 'where no origin answers, forgets only a whole document %s' },
  ],
  F3: [
    { file: 'sw/lifecycle/silent-store.test.ts', title: '%s ends if the database does not open' },
    { file: 'sw/lifecycle/silent-store.test.ts', title: '%s ends if a transaction does not' },
    { file: 'sw/lifecycle/silent-store.test.ts', title: 'lists every wait of the store' },
  ],
  F4: [{ file: 'sw/refresh/refresh.test.ts', title: 'asks again after a pause, which doubles' }],
  H9: [
    hostHeaders('keeps of what a host adds the headers that hold for the page, and no %s'),
    hostHeaders('makes no record of a page whose policy holds a nonce'),
  ],
  H12: [
    { file: 'e2e/specs/security/cross-site.spec.ts', title: 'makes no request of its own for what a link of another' },
    {
      file: 'e2e/specs/security/request-headers.spec.ts',
      title: 'what it sees without a worker, and as often, whatever the visit',
    },
    { file: 'origin/gate/strip.test.ts', title: 'lets no %s in' },
    { file: 'sw/transport/continuation.test.ts', title: 'lets the browser’s own request bring what follows a shell' },
    { file: 'sw/preload/transport.test.ts', title: 'makes no request of its own for what another site’s link' },
    { file: 'sw/navigation/gated.test.ts', title: 'keeps a record that the origin was not asked about unless' },
    { file: 'origin/answer/handle.test.ts', title: 'calls a navigation another site’s if no page of this one' },
  ],
  H10: [
    { file: 'origin/answer/respond.test.ts', title: 'sends what the proxy sets as cookies with every answer' },
    { file: 'e2e/specs/security/request-headers.spec.ts', title: 'and as often, whatever the visit' },
    { file: 'adapter-plugin/pages/elsewhere.test.ts', title: 'leaves to the network %s, a page that is off' },
  ],
  J14: [
    { file: 'seal/seal.test.ts', title: 'is a whole number of blocks, more than the state by less than three' },
    { file: 'seal/seal.test.ts', title: 'is the same each time for one state: asking again tells no more' },
    { file: 'seal/seal.test.ts', title: 'does not follow the state’s own length from one block to the next' },
  ],
  ...HOST_FAULTS,
  ...TRUST_FAULTS,
}
