import { cookies } from 'next/headers'
import Link from 'next/link'
import { Suspense, type ReactNode } from 'react'

import { Hole } from '../../hole'

export const generateStaticParams = () => [{ slug: 'known' }]

/** Holes of each kind: only text, elements with a nested hole, a form, a button, and something that runs by itself. */
export default function Page() {
  return (
    <main>
      <h1>seen</h1>
      <Open name="text">
        <Visitor />
      </Open>
      <Hole />
      <Open name="outer">
        <section data-hole="outer" id="outer">
          <Visitor /> <Link href="/about">about</Link>
          <Suspense fallback={<i data-skeleton="inner">…</i>}>
            <p data-hole="inner">
              <Visitor />
            </p>
          </Suspense>
          <script dangerouslySetInnerHTML={{ __html: 'self.timesRun = (self.timesRun ?? 0) + 1' }} />
        </section>
      </Open>
      <Open name="form">
        <form data-hole="form">
          <Visitor />
          <input name="name" />
        </form>
      </Open>
      <Open name="button">
        <p data-hole="button">
          <Visitor />
          <button type="button">Buy</button>
        </p>
      </Open>
    </main>
  )
}

function Open({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div data-slot={name}>
      <Suspense fallback={<i data-skeleton={name}>…</i>}>
        <Late>{children}</Late>
      </Suspense>
    </div>
  )
}

async function Late({ children }: { readonly children: ReactNode }) {
  await cookies()
  return children
}

async function Visitor() {
  return (await cookies()).get('visitor')?.value ?? 'nobody'
}
