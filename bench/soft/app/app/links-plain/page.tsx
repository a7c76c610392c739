// The same links as plain ones. The browser prepares none of their pages.

import { PlainList } from '../plain-list'

export default function Page() {
  return <PlainList />
}
