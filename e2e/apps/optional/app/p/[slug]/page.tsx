import { OfflineNotice } from 'next-shell-cache/react'

import { Named } from '../../named'

export const generateStaticParams = () => [{ slug: 'a' }]

export default function Page(props: { params: Promise<{ slug: string }> }) {
  return (
    <>
      <Named {...props} />
      <OfflineNotice />
    </>
  )
}
