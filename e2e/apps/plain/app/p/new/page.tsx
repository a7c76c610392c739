import { connection } from 'next/server'

/** Nothing is prerendered: no shell, and none of `/p/[slug]` either. */
export const instant = false

export default async function New() {
  await connection()
  return <h1>new</h1>
}
