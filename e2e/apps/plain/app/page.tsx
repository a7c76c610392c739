import { Titled } from './titled'

export default function Page() {
  return <Titled title={process.env.PLAIN_NAME ?? ''} />
}
