import { Frame } from '@/components/frame'
import { Missing } from '@/components/missing'

/** For addresses that no route knows: no layout but the root's stands around it. */
export default function NotFound() {
  return (
    <Frame>
      <Missing />
    </Frame>
  )
}
