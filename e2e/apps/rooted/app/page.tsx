import { Titled } from './titled'

export default function Home() {
  return <Titled title="Rooted" />
}
