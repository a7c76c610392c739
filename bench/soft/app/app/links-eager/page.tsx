// Plain links whose pages the browser prepares as soon as a pointer touches them.

import { PlainList } from '../plain-list'

export default function Page() {
  return <PlainList speculate="eager" />
}
