import Link from 'next/link'

import { Titled } from '../titled'

export default function Gallery() {
  return (
    <>
      <Titled title="Gallery" />
      <Link href="/gallery/photo/1">a photo</Link>
    </>
  )
}
