// Advice on what a developer can do about a page that is not instant, by the reason that the build gave
// (adapter-plugin/pages/classify.ts, headers.ts). Pure.

import type { PageReport } from '../adapter-plugin/report/build-report.ts'
import { isDynamic } from '../protocol/build/route-match.ts'

const VOUCH =
  "If everybody may see its shell, set `routes: { '…': 'instant' }`, with a glob (`'/blog/**'`) for many. The shell is then published, and shown before the proxy is asked."

/** The first entry that matches is used. */
const ADVICE: readonly (readonly [reason: RegExp, fix: string])[] = [
  [
    /^its path has/,
    'Nothing is wrong, but no shell can be looked up by such a path. Write it without these characters.',
  ],
  [/ is for it$/, 'Nothing is wrong: the other paths of its route open from their shell.'],
  [
    /nothing of it is prerendered|no fallback shell/,
    'Put what depends on the request, including `params`, below a <Suspense>. What is above it becomes the shell. A dynamic route also needs `generateStaticParams`, or a shell.',
  ],
  [/Pages Router/, 'Move it to `app/`: only the App Router prerenders shells.'],
  [/edge runtime can match/, 'Move the middleware to proxy.ts, which runs in Node.'],
  [/edge runtime/, "Remove `runtime = 'edge'` from the page. Its holes cannot be resumed there."],
  [/answers with status/, 'Nothing is wrong: only pages with status 200 are stored.'],
  [
    /htmlLimitedBots/,
    'Let `htmlLimitedBots` match only bots. Next renders the whole page for every browser that it matches, so no shell is ever used.',
  ],
  [
    /state takes more/,
    'Cache less above the holes and in them. The state holds everything that `use cache` and cached fetches have returned, and each browser would download it.',
  ],
  [/larger than/, 'Move what is below the fold into a hole, or raise `maxShellBytes`.'],
  [/a proxy can match it/, `Narrow the proxy's \`matcher\` to what it guards. ${VOUCH}`],
  [/a redirect can match it|a rewrite can match it/, `Narrow the rule's \`source\`. ${VOUCH}`],
  [/headers\(\)/, 'Set the header on all paths of the route, without conditions and without a part of the path.'],
  [/an option says so/, 'Nothing is wrong: you set it so in the option `routes`.'],
]

/** Undefined for a page that cannot be faster. */
export function adviceFor({ key, mode, reason, opensFrom }: PageReport): string | undefined {
  if (mode === 'instant' && opensFrom === 'itself') return undefined
  if (mode === 'instant' && opensFrom === 'visit') {
    if (!isDynamic(key)) return 'It is instant from its second visit on. Raise `maxConcretePages` if that is too late.'
    return reason.startsWith('Next renders')
      ? 'Nothing is wrong: Next soon replaces the shell of this route by pages without holes.'
      : 'Read `params` below a <Suspense> to get a fallback shell for all its paths. Then they open before they were visited.'
  }
  if (mode === 'instant')
    return opensFrom === 'route'
      ? 'It opens from its route’s shell, and from its own after a visit. Raise `maxConcretePages` if that is too late.'
      : 'Raise `maxConcretePages`, or give the route a shell: put what depends on the parameters into <Suspense>.'
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1]
}
