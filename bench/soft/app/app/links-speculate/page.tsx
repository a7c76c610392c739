// Plain links whose pages the browser prepares when a pointer rests on them.

import { PlainList } from '../plain-list'

export default function Page() {
  return <PlainList speculate />
}
