'use server'

import { refresh, updateTag } from 'next/cache'

import { readCart, writeCart } from './cart'
import { findProduct } from './products'
import { addReview, reviewsTag } from './reviews'

function text(form: FormData, name: string, most: number): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim().slice(0, most) : ''
}

export async function addToCart(form: FormData): Promise<void> {
  const slug = text(form, 'slug', 40)
  if (!(await findProduct(slug))) return
  const lines = await readCart()
  const known = lines.find((line) => line.slug === slug)
  const others = lines.filter((line) => line.slug !== slug)
  await writeCart([...others, { slug, quantity: (known?.quantity ?? 0) + 1 }])
  refresh()
}

export async function changeQuantity(form: FormData): Promise<void> {
  const slug = text(form, 'slug', 40)
  const by = Number(form.get('by'))
  const lines = await readCart()
  await writeCart(lines.map((line) => (line.slug === slug ? { slug, quantity: line.quantity + Math.sign(by) } : line)))
  refresh()
}

export async function removeLine(form: FormData): Promise<void> {
  const slug = text(form, 'slug', 40)
  await writeCart((await readCart()).filter((line) => line.slug !== slug))
  refresh()
}

export async function clearCart(): Promise<void> {
  await writeCart([])
  refresh()
}

export async function review(form: FormData): Promise<void> {
  const slug = text(form, 'slug', 40)
  const words = text(form, 'text', 240)
  if (words === '' || !(await findProduct(slug))) return
  addReview(slug, { name: text(form, 'name', 40) || 'A visitor', text: words })
  updateTag(reviewsTag(slug))
}
