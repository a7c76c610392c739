// Photos that open in a modal from a link on their page, and as full pages by their address.

import type { ReactNode } from 'react'

export default function Layout({ children, modal }: { children: ReactNode; modal: ReactNode }) {
  return (
    <>
      {children}
      {modal}
    </>
  )
}
