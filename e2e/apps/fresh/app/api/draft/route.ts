import { draftMode } from 'next/headers'
import { redirect } from 'next/navigation'

/** Turns draft mode on, or off (`?off`), and redirects to a page, as in Next's guide. */
export async function GET(request: Request): Promise<never> {
  const { searchParams } = new URL(request.url)
  const draft = await draftMode()
  if (searchParams.has('off')) draft.disable()
  else draft.enable()
  redirect(searchParams.get('to') ?? '/post')
}
