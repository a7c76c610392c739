import { ShellCache } from 'next-shell-cache/react'
import type { ReactNode } from 'react'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <ShellCache />
      </body>
    </html>
  )
}
