import Link from 'next/link'
import type { ReactNode } from 'react'

import { ShellStatus } from './shell-status'

/** Header and footer. Content that depends on the visitor is passed as `cart`, so that a page without it stays fully static. */
export function Frame({ cart, children }: { readonly cart?: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <header className="top">
        <Link className="brand" href="/">
          Harbour &amp; Hill
        </Link>
        <nav aria-label="Main">
          <Link href="/products">Products</Link>
          <Link href="/about">About</Link>
          <Link href="/cart">Cart {cart}</Link>
        </nav>
      </header>
      <main>{children}</main>
      <footer className="bottom">
        <p className="quiet">A shop that opens from your own browser.</p>
        <ShellStatus />
      </footer>
    </>
  )
}
