// Only for visitors that the proxy lets in (proxy.ts).

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={5} />
}
