// Links of Next, with their default prefetch.

import { List } from '../list'

export default function Page() {
  return <List />
}
