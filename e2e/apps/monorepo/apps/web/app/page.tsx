import { Badge } from '@acme/ui/badge'

import { Titled } from './titled'

export default function Page() {
  return (
    <>
      <Titled title="Web" />
      <Badge>new</Badge>
    </>
  )
}
