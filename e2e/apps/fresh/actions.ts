'use server'

import { revalidateTag, updateTag } from 'next/cache'
import { cookies } from 'next/headers'

import { rename } from './names'

export async function renameNow(id: string, name: string): Promise<void> {
  rename(id, name)
  updateTag(`name-${id}`)
}

export async function renameSoon(id: string, name: string): Promise<void> {
  rename(id, name)
  revalidateTag(`name-${id}`, 'max')
}

export async function remember(): Promise<void> {
  ;(await cookies()).set('remembered', 'yes')
}
