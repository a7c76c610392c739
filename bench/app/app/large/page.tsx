// A shell of about 50 KB once it is compressed.

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={110} />
}
