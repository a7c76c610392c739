// A shell of about 6 KB. The whole document fits into the ten segments that TCP sends in one go, so a shorter response does not save a
// round trip just by its length. The large page shows what that would be worth.

import { PageOf } from '../page-of'

export default function Page() {
  return <PageOf paragraphs={6} />
}
