// Has a hole beside its parameter: what Next renders of a path is never whole.

import { connection } from 'next/server'

import { Hole } from '../../hole'

type Params = Promise<{ id: string }>

export const generateStaticParams = () => [{ id: 'built' }]

export default function Live({ params }: { params: Params }) {
  return (
    <Hole>
      <Named params={params} />
    </Hole>
  )
}

async function Named({ params }: { params: Params }) {
  return (
    <>
      <h1>{(await params).id}</h1>
      <Hole>
        <Late />
      </Hole>
    </>
  )
}

async function Late() {
  await connection()
  return <p data-hole="late">late</p>
}
