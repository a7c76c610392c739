import { Titled } from '../../titled'

export default function Page() {
  return <Titled title="seen as without a worker" />
}
