import Link from 'next/link'

export function Missing() {
  return (
    <>
      <h1>Not here</h1>
      <p>
        We do not make that. <Link href="/products">These are our products</Link>.
      </p>
    </>
  )
}
