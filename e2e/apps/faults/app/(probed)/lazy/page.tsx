import { Titled } from '../../titled'
import { LoadLater } from './load-later'

export default function Page() {
  return (
    <>
      <Titled title="Lazy" />
      <LoadLater />
    </>
  )
}
