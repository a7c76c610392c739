import { redirect } from 'next/navigation'
import { cookies } from 'next/headers'

/** As an app does it that knows nothing of stored pages. */
export async function GET(): Promise<never> {
  ;(await cookies()).delete('visitor')
  redirect('/about')
}
