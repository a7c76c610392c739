import { Titled } from '../../titled'

/** The proxy matches it, but everybody may see it. */
export default function Page() {
  return <Titled title="seen at once" />
}
