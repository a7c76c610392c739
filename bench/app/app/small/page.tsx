// A shell of about 6 KB. The whole document fits into the ten segments that TCP sends at once, so that a shorter answer saves no
// round trip by the accident of its length; what that is worth, the large page shows.

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={6} />
}
