// The cart is stored in one cookie: only slugs and quantities.

import { cookies } from 'next/headers'

const COOKIE = 'cart'
const MOST_PIECES = 9

export type CartLine = { readonly slug: string; readonly quantity: number }

export async function readCart(): Promise<readonly CartLine[]> {
  const value = (await cookies()).get(COOKIE)?.value ?? ''
  return value.split('.').flatMap((part) => {
    const [slug, quantity] = part.split('~')
    const count = Number(quantity)
    return slug && Number.isInteger(count) && count > 0 ? [{ slug, quantity: Math.min(count, MOST_PIECES) }] : []
  })
}

export async function writeCart(lines: readonly CartLine[]): Promise<void> {
  const kept = lines.filter((line) => line.quantity > 0)
  const value = kept.map((line) => `${line.slug}~${line.quantity}`).join('.')
  ;(await cookies()).set(COOKIE, value, { httpOnly: true, sameSite: 'lax', path: '/' })
}
