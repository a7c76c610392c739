import './globals.css'
import './shop.css'

import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { OfflineNotice, UpdateNotice } from 'next-shell-cache/react'
import type { ReactNode } from 'react'

import { Reports } from '../components/reports'

const font = localFont({ src: './fonts/figtree-latin.woff2', weight: '300 900', variable: '--font', display: 'swap' })

export const metadata: Metadata = {
  title: { default: 'Harbour & Hill', template: '%s · Harbour & Hill' },
  description: 'Eight things made to last, and a page that is there before the network is.',
}
export const viewport: Viewport = {
  themeColor: [{ media: '(prefers-color-scheme: dark)', color: '#14181b' }, { color: '#fbfaf7' }],
}

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" className={font.variable}>
      <body>
        {children}
        {process.env.SHOP_REPORTS !== undefined && <Reports />}
        <UpdateNotice />
        <OfflineNotice />
      </body>
    </html>
  )
}
