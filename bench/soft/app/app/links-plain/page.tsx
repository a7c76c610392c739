// The same links as plain ones, of which none is prepared.

import { PlainList } from '../plain-list'

export default function Page() {
  return <PlainList />
}
