// What an editor's system calls.

import { revalidatePath } from 'next/cache'

export async function POST() {
  revalidatePath('/small')
  return new Response('done')
}
