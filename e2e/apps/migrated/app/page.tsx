import { OldWorker } from './old-worker'
import { Titled } from './titled'

export default function Page() {
  return (
    <>
      <Titled title="Migrated" />
      <OldWorker />
    </>
  )
}
