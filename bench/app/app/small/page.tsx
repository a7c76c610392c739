// A shell of about 10 KB.

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={10} />
}
