import { cookies, headers } from 'next/headers'
import { Suspense } from 'react'

type Props = {
  readonly params: Promise<{ slug: string }>
  readonly searchParams: Promise<Record<string, string | string[]>>
}

export const generateStaticParams = () => [{ slug: 'known' }]

/** Shows everything that a page can know about its request, and what the proxy reported about it. */
export default function Page(props: Props) {
  return (
    <main>
      <h1>echo</h1>
      <Suspense fallback={<i data-skeleton="echo">…</i>}>
        <Echo {...props} />
      </Suspense>
    </main>
  )
}

/** Logs each render on the server's console. `?wait=…` delays it by that many milliseconds. */
async function Echo({ params, searchParams }: Props) {
  const { 'x-proxy-saw': proxy, ...shown } = Object.fromEntries(await headers())
  console.log('rendered echo')
  const { wait } = await searchParams
  if (wait !== undefined) await new Promise((resolve) => setTimeout(resolve, Number(wait)))
  const page = { params: await params, query: await searchParams, headers: shown, cookies: (await cookies()).getAll() }
  return <pre id="echo">{JSON.stringify({ page, proxy: JSON.parse(proxy ?? 'null') })}</pre>
}
