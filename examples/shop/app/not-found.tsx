import { Frame } from '@/components/frame'
import { Missing } from '@/components/missing'

/** For addresses that match no route. Only the root layout surrounds it. */
export default function NotFound() {
  return (
    <Frame>
      <Missing />
    </Frame>
  )
}
