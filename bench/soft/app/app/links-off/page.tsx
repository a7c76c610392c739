// The same links, without prefetches.

import { List } from '../list'

export default function Page() {
  return <List prefetch={false} />
}
