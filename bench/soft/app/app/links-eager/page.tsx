// Plain links that the browser prepares when a pointer touches them.

import { PlainList } from '../plain-list'

export default function Page() {
  return <PlainList speculate="eager" />
}
