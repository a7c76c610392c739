// Called by an editor's system (CMS).

import { revalidatePath } from 'next/cache'

export async function POST() {
  revalidatePath('/small')
  return new Response('done')
}
