// The same links, of which none is prefetched.

import { List } from '../list'

export default function Page() {
  return <List prefetch={false} />
}
