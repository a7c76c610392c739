import { Titled } from '../../titled'

/** Matched by the proxy, and open to everybody all the same. */
export default function Page() {
  return <Titled title="seen at once" />
}
