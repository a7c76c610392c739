import { Titled } from '../../titled'

export default function Page() {
  return <Titled title="seen when let through" />
}
