'use server'

import { cookies } from 'next/headers'

/** Sets a cookie, so Next sends the page together with the result. */
export async function act(text: string): Promise<string> {
  const jar = await cookies()
  jar.set('times', String(Number(jar.get('times')?.value ?? 0) + 1))
  console.log('acted')
  return `with ${text.length}`
}
