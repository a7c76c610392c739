// What a developer can do about a page that is not instant, by the reason that the build gave (adapter-plugin/pages/classify.ts,
// headers.ts). Pure.

import type { PageReport } from '../adapter-plugin/report/build-report.ts'
import { isDynamic } from '../protocol/build/route-match.ts'

const VOUCH =
  "If everybody may see its shell, say `routes: { '…': 'instant' }`, by a glob (`'/blog/**'`) for many: it is published, and shown before the proxy is asked."

/** The first that fits. */
const ADVICE: readonly (readonly [reason: RegExp, fix: string])[] = [
  [/ is for it$/, 'Nothing is wrong: the other paths of its route open from their shell.'],
  [
    /nothing of it is prerendered|no fallback shell/,
    'Put what depends on the request, `params` too, below a <Suspense>: what is above it becomes the shell. A dynamic route also needs `generateStaticParams`, or a shell.',
  ],
  [/Pages Router/, 'Move it to `app/`: only the App Router prerenders shells.'],
  [/edge runtime can match/, 'Move the middleware to proxy.ts, which runs in Node.'],
  [/edge runtime/, "Take `runtime = 'edge'` out of the page: its holes cannot be resumed there."],
  [/answers with status/, 'Nothing is wrong: only pages with status 200 are stored.'],
  [
    /htmlLimitedBots/,
    'Let `htmlLimitedBots` match bots alone: Next renders the whole page for every browser that it matches, so no shell is ever used.',
  ],
  [
    /state takes more/,
    'Cache less above the holes and in them: the state holds whatever `use cache` and cached fetches have returned, whole. Each browser would download it.',
  ],
  [/larger than/, 'Move what is below the fold into a hole, or raise `maxShellBytes`.'],
  [/a proxy can match it/, `Narrow the proxy's \`matcher\` to what it guards. ${VOUCH}`],
  [/a redirect can match it|a rewrite can match it/, `Narrow the rule's \`source\`. ${VOUCH}`],
  [/headers\(\)/, 'Set the header on all of the route’s paths, without conditions and without a part of the path.'],
  [/an option says so/, 'Nothing is wrong: the option `routes` wants it so.'],
]

/** Undefined for a page that is as fast as it can be. */
export function adviceFor({ key, mode, reason, opensFrom }: PageReport): string | undefined {
  if (mode === 'instant' && opensFrom === 'itself') return undefined
  if (mode === 'instant' && opensFrom === 'visit')
    return isDynamic(key)
      ? 'To have a fallback shell for all its paths, read `params` below a <Suspense>: then they open before they were visited.'
      : 'It is instant from its second visit on; raise `maxConcretePages` if that is too late.'
  if (mode === 'instant')
    return opensFrom === 'route'
      ? 'It opens from its route’s shell, and from its own after a visit; raise `maxConcretePages` if that is too late.'
      : 'Raise `maxConcretePages`, or give the route a shell: put what depends on the parameters into <Suspense>.'
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1]
}
