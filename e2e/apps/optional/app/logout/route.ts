import { redirect } from 'next/navigation'
import { cookies } from 'next/headers'

/** A logout as in an app that knows nothing about stored pages. */
export async function GET(): Promise<never> {
  ;(await cookies()).delete('visitor')
  redirect('/about')
}
