import { Titled } from '../titled'
import { Late } from './late'

export default function Page({ searchParams }: { searchParams: Promise<{ ms?: string }> }) {
  return (
    <>
      <Titled title="Home" />
      <Late search={searchParams} />
    </>
  )
}
