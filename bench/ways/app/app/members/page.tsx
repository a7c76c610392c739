// For those alone whom the proxy lets in (proxy.ts).

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={5} />
}
