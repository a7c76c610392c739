// A shell of about 50 KB, compressed.

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={110} />
}
